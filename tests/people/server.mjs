// The real thing behind the pages: `unstuck serve`, with a database of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const UP_WITHIN_MS = 60_000;

export async function startServer(root) {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-people-"));
  const port = await freePort();
  let child = await run(root, folder, port);
  return {
    origin: `http://127.0.0.1:${port}`,
    /** Killed without a word, as a crash would, and started again on the same database. */
    async crashAndRestart() {
      child.kill("SIGKILL");
      await once(child, "exit");
      child = await run(root, folder, port);
    },
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function run(root, folder, port) {
  const { UNSTUCK, UNSTUCK_BUNDLE } = process.env;
  const args = ["serve", "--port", String(port), "--bundle", UNSTUCK_BUNDLE, "--db", join(folder, "desk.db")];
  const child = spawn(UNSTUCK, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const until = Date.now() + UP_WITHIN_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`unstuck serve ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer?.ok) return child;
    await sleep(100);
  }
  child.kill("SIGKILL");
  throw new Error(`unstuck serve did not answer within ${UP_WITHIN_MS / 1000} s`);
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
