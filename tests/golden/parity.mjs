// Golden traces through the shipped core.wasm in Node and in a Worker of Chromium: the two must be
// equal byte by byte, and both equal to the native outputs in every word and within 1e-4 in every
// number (tract picks native kernels by processor).
//
//   CHROMIUM=/usr/bin/chromium node tests/golden/parity.mjs

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { instantiate, replay } from "./replay.mjs";

const TOLERANCE = 1e-4;
const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const require = createRequire(join(root, "www/package.json"));
const { chromium } = require("playwright-core");

const names = readdirSync(here).filter((name) => name.endsWith(".json")).sort();
const traces = names.map((name) => JSON.parse(readFileSync(join(here, name), "utf8")));
const paths = {
  glue: "pkg/dist/core_bg.js",
  wasm: "pkg/dist/core.wasm",
  playbook: "tests/fixtures/playbook.json",
  behaviour: "tests/fixtures/models/behaviour.onnx",
  intents: "tests/fixtures/models/intents.onnx",
};

/** What the engine's linear memory may take with both shipped models loaded, in bytes. */
const MEMORY_MAX = 32e6;

const inNode = await replayInNode();
const inChromium = await replayInChromium();
let failed = 0;
names.forEach((name, index) => {
  try {
    assert.equal(inChromium[index], inNode[index], "Chromium and Node differ");
    compare(JSON.parse(inNode[index]), withoutUndefined(traces[index].outputs), "outputs");
    console.log(`ok      ${name} (${traces[index].inputs.length} inputs)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${error.message}`);
  }
});
const used = await memoryOfShippedModels();
console.log(`linear memory with the shipped models: ${(used / 1e6).toFixed(1)} MB of at most ${MEMORY_MAX / 1e6} MB`);
failed += used > MEMORY_MAX ? 1 : 0;
console.log(`${names.length + 1 - failed} passed, ${failed} failed`);
if (names.length < 10) {
  console.log(`only ${names.length} golden traces: at least 10 are owed`);
}
process.exit(failed > 0 || names.length < 10 ? 1 : 0);

async function replayInNode() {
  const glue = await import(pathToFileURL(join(root, paths.glue)).href);
  const { Core } = await instantiate(glue, readFileSync(join(root, paths.wasm)));
  const bytes = (path) => new Uint8Array(readFileSync(join(root, path)));
  const playbook = readFileSync(join(root, paths.playbook), "utf8");
  const outputs = traces.map((t) => replay(Core, t, playbook, bytes(paths.behaviour), bytes(paths.intents)));
  return outputs;
}

/** A fresh instance with the demo's bundle, after one question and one event. */
async function memoryOfShippedModels() {
  const glue = await import(`${pathToFileURL(join(root, paths.glue)).href}?shipped`);
  const { Core, memory } = await instantiate(glue, readFileSync(join(root, paths.wasm)));
  const read = (name) => readFileSync(join(process.env.UNSTUCK_BUNDLE, name));
  const models = ["behaviour.onnx", "intents.onnx"].map((name) => new Uint8Array(read(name)));
  const core = new Core({ session: "memory" }, read("playbook.json").toString(), ...models);
  core.push({ input: "event", t: 1_000, screen: "/", kind: "screen" });
  core.push({ input: "say", t: 2_000, text: "没收到验证码" });
  return memory.buffer.byteLength;
}

async function replayInChromium() {
  const server = createServer(serve).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"] });
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/page.html`);
    return await page.evaluate(({ traces, paths }) => new Promise((resolve, reject) => {
      const worker = new Worker("/tests/golden/worker.mjs", { type: "module" });
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.outputs));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ traces, paths });
    }), { traces, paths });
  } finally {
    await browser.close();
    server.close();
  }
}

function serve(request, response) {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  if (path === "/page.html") {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>golden traces</title>");
    return;
  }
  try {
    const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    response.end(readFileSync(join(root, path)));
  } catch {
    response.writeHead(404).end();
  }
}

/** Equal in every word; numbers within the tolerance. */
function compare(actual, expected, place) {
  if (typeof expected === "number" && typeof actual === "number") {
    assert.ok(Math.abs(actual - expected) <= TOLERANCE, `${place}: ${actual} against ${expected}`);
  } else if (expected !== null && typeof expected === "object" && actual !== null && typeof actual === "object") {
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), `${place}: other keys`);
    for (const key of Object.keys(expected)) compare(actual[key], expected[key], `${place}/${key}`);
  } else {
    assert.equal(actual, expected, place);
  }
}

function withoutUndefined(value) {
  return JSON.parse(JSON.stringify(value));
}
