// The README's section of each edge host, followed to the letter in an empty folder. npm takes the packed package
// and what is installed here; ports are free ones; and Vercel's own runtime stands for Vercel.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { section } from "../readme.mjs";
import { post } from "./client.mjs";
import { runInEdgeRuntime } from "./hosts.mjs";
import { installed } from "./package-of.mjs";

const UP_WITHIN_MS = 120_000;
const ANSWER_WITHIN_MS = 5_000;
const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));
const SHELL = `set -e
npm() {
  mkdir -p node_modules/unstuck && tar -xzf "$TARBALL" -C node_modules/unstuck --strip-components=1
  echo '{ "dependencies": { "unstuck": "*" } }' > package.json
  for name in "\${@:3}"; do mkdir -p "node_modules/$(dirname "$name")"; ln -s "$MODULES/$name" "node_modules/$name"; done
}
npx() { "$MODULES/.bin/$1" "\${@:2}"; }
deno() { "$MODULES/.bin/deno" "$@"; }
`;

/** Each section, and how it is told of a free port. */
const SECTIONS = {
  "Cloudflare Workers": { on: (command, port) => `${command} --local --port ${port}` },
  Deno: { on: (command, port) => command.replace("deno serve", `deno serve --port ${port}`) },
  "Vercel Edge": { bundle: "public/bundle", base: "/api/unstuck", start: onVercel },
  Node: { file: (text, port) => text.replace("port: 8787", `port: ${port}`) },
};

/** Follows all of them; gives each one's name and what went wrong, if anything. */
export async function followed({ tarball, bundle, desk }) {
  const results = [];
  for (const [title, how] of Object.entries(SECTIONS)) {
    const began = performance.now();
    const error = await follow(title, how, { tarball, bundle, desk }).then(() => undefined, (wrong) => wrong);
    results.push({ title, error, seconds: (performance.now() - began) / 1_000 });
  }
  return results;
}

async function follow(title, { start = onItsOwn, file = (text) => text, base = "", bundle: place = "bundle", ...how }, { tarball, bundle, desk }) {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-readme-"));
  const { files, run } = section(title, "README.md");
  const port = await freePort();
  cpSync(bundle, join(folder, place), { recursive: true });
  for (const { file: name, code } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), file(code, port));
  }
  const env = { UNSTUCK_SECRET: "a secret for tests only, 0123456789abcdef", DESK: desk };
  writeFileSync(join(folder, ".dev.vars"), Object.entries(env).map(([name, value]) => `${name}="${value}"\n`).join(""));
  const host = await start({ folder, run, port, tarball, env, ...how });
  try {
    await isUp(`${host.url}${base}`, host);
  } finally {
    await host.stop();
  }
}

/** It is there, and answers someone who begins a session. */
async function isUp(url, { ended = () => false, said = () => "" }) {
  for (const until = Date.now() + UP_WITHIN_MS; ; await sleep(200)) {
    const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => undefined);
    if (health?.ok) break;
    if (ended()) throw new Error(said());
    if (Date.now() > until) throw new Error(`it did not come up: ${said() || (await health?.text())}`);
  }
  const { status, text, body } = await post(`${url}/say`, { session: "a-random-id", t: 1_763_949_600_000, text: "没收到验证码" });
  assert.equal(status, 200, text);
  assert.match(body.actions.at(-1).text, /[\u4e00-\u9fff]/);
}

async function onItsOwn({ folder, run, port, tarball, env, on = (command) => command }) {
  const told = { ...process.env, ...env, TARBALL: tarball, MODULES, WRANGLER_SEND_METRICS: "false", CI: "1", DENO_NO_UPDATE_CHECK: "1" };
  const child = spawn("bash", ["-c", SHELL + on(run.trim(), port)], { cwd: folder, env: told, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  return {
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    ended: () => child.exitCode !== null,
    async stop() {
      if (child.exitCode !== null) return;
      process.kill(-child.pid, "SIGKILL");
      await once(child, "exit");
    },
  };
}

/** What is served from `public/` comes from its own URL. */
function onVercel({ folder, tarball, env }) {
  installed(tarball, folder);
  const entry = join(folder, "entry.mjs");
  writeFileSync(entry, 'import handler from "./api/unstuck/[route].js"; addEventListener("fetch", (event) => event.respondWith(handler(event.request)));');
  const own = "https://app.test/";
  const more = ({ Response }) => ({
    process: { env: { ...env, VERCEL_URL: new URL(own).host } },
    fetch: async (url) => new Response(readFileSync(join(folder, "public", String(url).slice(own.length)))),
  });
  return runInEdgeRuntime({ folder, entry, more });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
