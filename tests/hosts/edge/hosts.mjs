// The runtimes, each serving app.mjs over HTTP out of the installed package: `start(name, given)` gives its
// URL. `given`: `folder`, which has the package in its node_modules; `bundle`, a folder; `desk`, a URL.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

import { rebuilt, staged } from "./app.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const require = createRequire(import.meta.url);
const UP_WITHIN_MS = 60_000;
const SIMD = "core.simd.wasm";
/** Vercel counts the megabytes of a function. */
const SMALLEST = "core.wasm";

export const HOSTS = { node: startNode, workerd: startWorkerd, deno: startDeno, "edge-runtime": startEdgeRuntime };

/** Starts one; gives `{ url, version, wasm, stop }`: `wasm` is the build of the engine that it takes. */
export async function start(name, given) {
  cpSync(join(here, "app.mjs"), join(given.folder, "app.mjs"));
  return HOSTS[name](given);
}

// ---- Node and Deno: the bundle is a folder of files ----

function fromFiles({ folder, bundle, desk }) {
  const stagedFolder = join(folder, "staged");
  const old = `${pathToFileURL(bundle).href}/`;
  cpSync(bundle, stagedFolder, { recursive: true });
  writeFileSync(join(stagedFolder, "manifest.json"), staged(readFileSync(join(bundle, "manifest.json"), "utf8"), old));
  return `
import { readFileSync } from "node:fs";
import { createHandler, memoryStore } from "unstuck/edge";
import { app, rebuilt } from "./app.mjs";
const folder = new URL(${JSON.stringify(old)});
const file = (name) => readFileSync(new URL(name, folder));
const otherBundle = { "manifest.json": rebuilt(file("manifest.json").toString()), "playbook.json": file("playbook.json"), "behaviour.onnx": file("behaviour.onnx"), "intents.onnx": file("intents.onnx") };
const serve = app({ createHandler, memoryStore, bundle: folder, otherBundle, staged: { bundle: ${JSON.stringify(pathToFileURL(stagedFolder).href)} }, desk: ${JSON.stringify(desk)} });
`;
}

async function startNode(given) {
  const main = join(given.folder, "node.mjs");
  writeFileSync(main, `${fromFiles(given)}
import { serve as listen } from ${JSON.stringify(pathToFileURL(require.resolve("@hono/node-server")).href)};
listen({ fetch: (request) => serve(request), hostname: "127.0.0.1", port: 0 }, ({ port }) => console.log("up " + port));
`);
  const child = await up(process.execPath, [main], given.folder);
  return { ...child, version: process.version, wasm: SIMD };
}

async function startDeno(given) {
  const main = join(given.folder, "deno.mjs");
  writeFileSync(main, `${fromFiles(given)}
Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: ({ port }) => console.log("up " + port) }, serve);
`);
  const deno = require.resolve("deno/bin.cjs");
  // No more than it needs: its files to read, and the network. The test's secrets are in app.mjs.
  const allowed = [`--allow-read=${given.folder},${given.bundle}`, "--allow-net"];
  const args = [deno, "run", "--quiet", "--no-config", "--no-remote", "--node-modules-dir=manual", ...allowed, main];
  const child = await up(process.execPath, args, given.folder);
  return { ...child, version: require("deno/package.json").version, wasm: SIMD };
}

/** Starts a program that says "up <port>" when it listens. */
async function up(program, args, cwd) {
  // A group of its own: Deno's npm package starts Deno behind a program of Node's.
  const child = spawn(program, args, { cwd, detached: true, stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" } });
  const gone = once(child, "exit").then(([code]) => { throw new Error(`${args.at(-1)} ended with ${code} before it listened`); });
  gone.catch(() => undefined);
  let said = "";
  const port = new Promise((resolve) => child.stdout.on("data", (data) => {
    said += data;
    const match = /up (\d+)/.exec(said);
    if (match) resolve(match[1]);
  }));
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`${args.at(-1)} did not listen in time`)), UP_WITHIN_MS).unref());
  const url = `http://127.0.0.1:${await Promise.race([port, gone, late])}`;
  return { url, stop: async () => { process.kill(-child.pid, "SIGKILL"); await once(child, "exit"); } };
}

// ---- workerd: modules and data come with the upload ----

async function startWorkerd({ folder, bundle, desk }) {
  const { Miniflare } = require("miniflare");
  const entry = join(folder, "workerd.mjs");
  writeFileSync(entry, `
import { createHandler, memoryStore } from "unstuck/edge";
import manifest from "./bundle/manifest.json.txt";
import playbook from "./bundle/playbook.json.txt";
import behaviour from "./bundle/behaviour.onnx";
import intents from "./bundle/intents.onnx";
import { app, rebuilt, staged } from "./app.mjs";
const bundle = { "manifest.json": manifest, "playbook.json": playbook, "behaviour.onnx": behaviour, "intents.onnx": intents };
const named = (manifest) => ({ ...bundle, "manifest.json": manifest });
const both = { bundle: named(staged(manifest)), previous: bundle };
export default { fetch: app({ createHandler, memoryStore, bundle, otherBundle: named(rebuilt(manifest)), staged: both, desk: ${JSON.stringify(desk)} }) };
`);
  const modules = [{ type: "ESModule", path: join(folder, "worker.js"), contents: await bundled(entry, ["workerd"], [leftOut(/\.(onnx|txt)$/), wasmBeside(`./${SIMD}`)]) }];
  modules.push({ type: "CompiledWasm", path: join(folder, SIMD), contents: wasmOf(folder, SIMD) });
  for (const name of ["manifest.json", "playbook.json"]) modules.push({ type: "Text", path: join(folder, `bundle/${name}.txt`), contents: readFileSync(join(bundle, name), "utf8") });
  for (const name of ["behaviour.onnx", "intents.onnx"]) modules.push({ type: "Data", path: join(folder, "bundle", name), contents: readFileSync(join(bundle, name)) });
  const mf = new Miniflare({ modules, modulesRoot: folder, compatibilityDate: "2026-04-01", host: "127.0.0.1", port: 0 });
  const url = (await mf.ready).origin;
  return { url, version: require("workerd/package.json").version, wasm: SIMD, stop: () => mf.dispose() };
}

// ---- edge-runtime: Vercel's; the bundle comes from where it is served ----

async function startEdgeRuntime({ folder, bundle, desk }) {
  const files = await serveFolder(bundle);
  const entry = join(folder, "edge-light.mjs");
  writeFileSync(entry, `
import { createHandler, memoryStore } from "unstuck/edge";
import { app } from "./app.mjs";
const served = (name) => ${JSON.stringify(files.url)} + name;
const serve = app({ createHandler, memoryStore, bundle: served("/as-it-is/"), otherBundle: served("/rebuilt/"), staged: { bundle: served("/staged/") }, desk: ${JSON.stringify(desk)} });
addEventListener("fetch", (event) => event.respondWith(serve(event.request)));
`);
  const server = await runInEdgeRuntime({ folder, entry });
  const stop = async () => { await server.stop(); files.close(); };
  return { url: server.url, version: require("edge-runtime/package.json").version, wasm: SMALLEST, stop };
}

/** Bundles the entry as Vercel's build does, and serves it; `more` gives what else its globals have. */
export async function runInEdgeRuntime({ folder, entry, more = () => ({}) }) {
  const { EdgeRuntime, runServer } = require("edge-runtime");
  const code = await bundled(entry, ["edge-light"], [wasmAsGlobal]);
  const module = await WebAssembly.compile(wasmOf(folder, SMALLEST));
  const extend = (context) => Object.assign(context, { coreWasm: module }, more(context));
  const server = await runServer({ runtime: new EdgeRuntime({ initialCode: code, extend }), host: "127.0.0.1", port: 0 });
  return { url: server.url.replace(/\/$/, ""), stop: () => server.close() };
}

/** What a static host would do for the bundle's folder; `/rebuilt/` has it under another id, `/staged/` for some users. */
async function serveFolder(bundle) {
  const server = createServer((request, response) => {
    const [, kind, name] = request.url.split("/");
    const bytes = readFileSync(join(bundle, name));
    const manifests = { rebuilt, staged: (manifest) => staged(manifest, "../as-it-is/") };
    response.end(name === "manifest.json" && manifests[kind] ? manifests[kind](bytes.toString()) : bytes);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

// ---- bundling, as the hosts' own tools do it ----

async function bundled(entry, conditions, plugins) {
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: "esm", conditions, plugins, external: ["node:*"], logLevel: "error" });
  return outputFiles[0].text;
}

function wasmOf(folder, name) {
  return readFileSync(join(folder, "node_modules/unstuck/dist", name));
}

const leftOut = (filter) => ({ name: "left-out", setup: ({ onResolve }) => onResolve({ filter }, ({ path }) => ({ path, external: true })) });

const wasmBeside = (path) => ({ name: "wasm-beside", setup: ({ onResolve }) => onResolve({ filter: /core\.simd\.wasm$/ }, () => ({ path, external: true })) });

/** Vercel's build puts the compiled module into a global and the import's place. */
const wasmAsGlobal = {
  name: "wasm-as-global",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "compiled" }));
    onLoad({ filter: /.*/, namespace: "compiled" }, () => ({ contents: "export default globalThis.coreWasm" }));
  },
};
