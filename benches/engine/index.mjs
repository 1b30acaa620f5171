// Our engine beside onnxruntime-web: the same ONNX files and inputs, one thread each. What is compared are the
// medians of rounds that were taken side by side.

import { farthest, quartiles } from "../figures.mjs";
import { SHAPES } from "../served.mjs";
import { events } from "./events.mjs";

export { plots } from "./plots.mjs";
export { table } from "./table.mjs";
export const title = "Speed beside onnxruntime-web";

/** Who runs a file, and by which Wasm. */
export const RUNTIMES = {
  "unstuck, SIMD": { worker: "/ours.mjs", wasm: "/dist/core.simd.wasm" },
  "unstuck, baseline": { worker: "/ours.mjs", wasm: "/dist/core.wasm" },
  "onnxruntime-web": { worker: "/peer.mjs", wasm: "/peer/ort-wasm-simd-threaded.wasm" },
};
/** Runs of a graph in one round: enough for the clock of a browser, which is coarse. */
const RUNS = 50;

export async function measure(browser, server, rounds) {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/page.html`);
  const measured = [];
  for (const model of Object.keys(SHAPES)) {
    process.stderr.write(`${model}: ${rounds} rounds of starts and runs\n`);
    measured.push(...(await sideBySide(page, server, model, rounds)));
  }
  const ours = Object.entries(RUNTIMES).filter(([, { worker }]) => worker === "/ours.mjs");
  const sessions = [];
  for (const [runtime, { wasm }] of ours) {
    process.stderr.write(`${runtime}: ${rounds} sessions of 10,000 events\n`);
    sessions.push({ runtime, ages: await events(page, wasm, rounds) });
  }
  await page.close();
  const files = Object.fromEntries(Object.entries(RUNTIMES).map(([name, { wasm }]) => [name, server.identity(wasm)]));
  return { runs_a_round: RUNS, files, measured, events: sessions };
}

/** One row a runtime: starts from bytes in memory, and runs, both in turn round after round. */
async function sideBySide(page, server, model, rounds) {
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
