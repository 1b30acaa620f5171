// Our engine beside onnxruntime-web: the same ONNX files and inputs, in one Chromium, one thread each, in
// turn. What is compared are the medians of rounds that were taken side by side.
//
//   node run.mjs --dist FOLDER --models FOLDER [--rounds 30] [--json FILE] [--html FILE]

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { events } from "./events.mjs";
import { farthest, quartiles, table } from "./figures.mjs";
import { html } from "./html.mjs";
import { SHAPES, serve } from "./served.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values: options } = parseArgs({
  options: {
    dist: { type: "string", default: join(here, "../pkg/dist") },
    models: { type: "string" },
    rounds: { type: "string", default: "30" },
    json: { type: "string" },
    html: { type: "string" },
  },
});
if (!options.models) throw new Error("say where a bundle with gru.onnx and transformer.onnx beside it is: --models FOLDER");
const rounds = Number(options.rounds);
const { chromium } = createRequire(join(here, "../www/package.json"))("playwright-core");

/** Who runs a file, and by which Wasm. */
const RUNTIMES = {
  "unstuck, SIMD": { worker: "/ours.mjs", wasm: "/dist/core.simd.wasm" },
  "unstuck, baseline": { worker: "/ours.mjs", wasm: "/dist/core.wasm" },
  "onnxruntime-web": { worker: "/peer.mjs", wasm: "/peer/ort-wasm-simd-threaded.wasm" },
};
/** Runs of a graph in one round: enough for the clock of a browser, which is coarse. */
const RUNS = 50;

const server = await serve(options);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
});
try {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/page.html`);
  const measured = [];
  for (const model of Object.keys(SHAPES)) {
    process.stderr.write(`${model}: ${rounds} rounds of starts and runs\n`);
    measured.push(...(await sideBySide(page, model)));
  }
  const ours = Object.entries(RUNTIMES).filter(([, { worker }]) => worker === "/ours.mjs");
  const sessions = [];
  for (const [runtime, { wasm }] of ours) {
    process.stderr.write(`${runtime}: ${rounds} sessions of 10,000 events\n`);
    sessions.push({ runtime, ages: await events(page, wasm, rounds) });
  }
  const report = {
    command: "cargo xtask bench",
    chromium: browser.version(),
    rounds,
    runs_a_round: RUNS,
    wasm: Object.fromEntries(Object.entries(RUNTIMES).map(([name, { wasm }]) => [name, server.identity(wasm)])),
    measured,
    events: sessions,
  };
  console.log(table(report));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.html) writeFileSync(options.html, await html(report));
} finally {
  await browser.close();
  server.close();
}

/** One row a runtime: starts from bytes in memory, and runs, both in turn round after round. */
async function sideBySide(page, model) {
  const rows = await page.evaluate(
    async ({ runtimes, model, shapes, rounds, runs }) => {
      const { ask, open } = await import("/page.mjs");
      const names = Object.keys(runtimes);
      const taken = Object.fromEntries(names.map((name) => [name, { start: [], run: [], output: undefined, failure: undefined }]));
      const each = async (round, work) => {
        for (let i = 0; i < names.length; i += 1) {
          const name = names[(i + round) % names.length];
          if (!taken[name].failure) await work(name).catch((error) => (taken[name].failure = String(error.message ?? error)));
        }
      };
      for (let round = 0; round < rounds; round += 1) {
        await each(round, async (name) => {
          const worker = await open(runtimes[name], model, shapes);
          const { ms, output } = await ask(worker, { do: "start" });
          taken[name].start.push(ms);
          taken[name].output = output;
          worker.terminate();
        });
      }
      const warm = {};
      await each(0, async (name) => {
        warm[name] = await open(runtimes[name], model, shapes);
        await ask(warm[name], { do: "start" });
        await ask(warm[name], { do: "run", runs });
      });
      for (let round = 0; round < rounds; round += 1) {
        await each(round, async (name) => taken[name].run.push((await ask(warm[name], { do: "run", runs })).ms / runs));
      }
      Object.values(warm).forEach((worker) => worker.terminate());
      return taken;
    },
    { runtimes: RUNTIMES, model, shapes: SHAPES[model], rounds, runs: RUNS },
  );
  const reference = rows["onnxruntime-web"];
  return Object.entries(rows).map(([runtime, { start, run, output, failure }]) => ({
    model,
    sha256: server.identity(`/models/${model}.onnx`).sha256,
    runtime,
    failure,
    start_ms: quartiles(start),
    run_ms: quartiles(run),
    farthest_from_peer: failure || reference.failure ? undefined : farthest(output, reference.output),
  }));
}
