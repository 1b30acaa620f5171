// Each edge example, by its README to the letter: in a fresh folder, from the packed package, with the
// README's three blocks (set up, serve, ask). `unstuck` and `deno` are on the PATH, a desk is on port 4600.
//
//   UNSTUCK=target/debug/unstuck UNSTUCK_BUNDLE=target/bundle/wallet node tests/hosts/edge/examples.mjs [EXAMPLE…]

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { packed } from "./package-of.mjs";

const UP_WITHIN_MS = 120_000;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const require = createRequire(import.meta.url);
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["node", "cloudflare", "deno", "vercel"];
const tarball = packed(root);
const home = mkdtempSync(join(tmpdir(), "unstuck-examples-"));
cpSync(join(root, "playbooks"), join(home, "playbooks"), { recursive: true });
cpSync(join(root, "models"), join(home, "models"), { recursive: true });
const env = { ...process.env, PATH: `${tools()}:${process.env.PATH}`, WRANGLER_SEND_METRICS: "false", CI: "1" };

const table = [];
for (const name of names) {
  const began = performance.now();
  const result = await follow(name).then(() => "ok", (error) => {
    console.error(`edge-${name}: ${error.stack}`);
    return "FAILED";
  });
  table.push({ example: `edge-${name}`, result, seconds: ((performance.now() - began) / 1_000).toFixed(0) });
}
console.table(table);
process.exit(table.every(({ result }) => result === "ok") ? 0 : 1);

async function follow(name) {
  const folder = join(home, "examples", `edge-${name}`);
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(join(root, "examples", `edge-${name}`), folder, { recursive: true, filter: (path) => !/node_modules|bundle$/.test(path) });
  const manifest = join(folder, "package.json");
  // The package is not published yet: that is the one thing which is not by the README.
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"unstuck": "0.1.0"', `"unstuck": "file:${tarball}"`));
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const [setUp, serve, ask] = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
  run(setUp, folder);
  const server = spawn("bash", ["-ec", serve], { cwd: folder, env, detached: true, stdio: ["ignore", "inherit", "inherit"] });
  try {
    await up(ask, server);
    const [health, said] = run(ask, folder).match(/\{.*?\}(?=\{"|$)|\{.*\}/gs).map((text) => text.trim());
    assert.match(health, /"ok":true/);
    const { actions, snapshot, sequence } = JSON.parse(said);
    assert.equal(sequence, 1);
    assert.match(actions[0].text, /[\u4e00-\u9fff]/);
    assert.ok(snapshot.length > 1_000);
    if (name !== "vercel") await replayRefused(ask);
  } finally {
    process.kill(-server.pid, "SIGKILL");
    await once(server, "exit");
  }
}

/** The example's own store: the same beginning again is no beginning. */
async function replayRefused(ask) {
  const again = spawnSync("bash", ["-ec", ask], { env, encoding: "utf8" }).stdout;
  assert.match(again, /"code":"snapshot_replayed"/);
}

async function up(ask, server) {
  const health = /curl -s (\S+\/health)/.exec(ask)[1];
  for (const until = Date.now() + UP_WITHIN_MS; Date.now() < until; await sleep(200)) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(`http://${health}`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error("the server did not come up");
}

function run(block, cwd) {
  const done = spawnSync("bash", ["-ec", block], { cwd, env, encoding: "utf8" });
  assert.equal(done.status, 0, `${block}\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** A folder with what a user has on the PATH. */
function tools() {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-tools-"));
  symlinkSync(resolve(process.env.UNSTUCK), join(folder, "unstuck"));
  const deno = join(folder, "deno");
  writeFileSync(deno, `#!/bin/sh\nexec "${process.execPath}" "${require.resolve("deno/bin.cjs")}" "$@"\n`, { mode: 0o755 });
  return folder;
}
