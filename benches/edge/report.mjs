// The report as Markdown.

import { farthest, figure, percentile, quartiles, ratio, spread } from "../figures.mjs";

const SHARES = [0.5, 0.99];

/** The tables: a batch, a text, a process, a model by itself. */
export function report({ workerd, bodies, requests, warm, spawns, sha256, processes, texts, runtimes }) {
  return [
    `workerd ${workerd}; ${requests} requests to each handler in turn after ${warm} to warm it up, ${bodies.length} batches of ten events with their snapshots, ${Math.min(...bodies)} to ${Math.max(...bodies)} bytes each; ms. Our Wasm: sha256 \`${sha256.wasm.slice(0, 12)}\`.`,
    "",
    "| handler | CPU, p50 | beyond control | CPU, p99 | beyond control | of the worker's thread, p50 | beyond control | p99 | beyond control | wall, p50 | wall, p99 | CPU while warming up, mean |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ...processes.map((row) => batchRow(row, named(processes, "control"))),
    "",
    "| a text | CPU | wall |",
    "|---|---|---|",
    `| the first | ${figure(texts.first.cpu)} | ${figure(texts.first.wall)} |`,
    ...SHARES.map((share) => `| p${share * 100} | ${figure(at(texts.measured, "cpu", share))} | ${figure(at(texts.measured, "wall", share))} |`),
    "",
    `Resident MB; ${spawns} starts of each in turn, from spawn to the first answer, medians (quartiles), ms.`,
    "",
    "| handler | resident after the first answer | after all requests | at most | beyond empty | start-up CPU | beyond empty | of the worker's thread | start-up wall |",
    "|---|---|---|---|---|---|---|---|---|",
    ...processes.map((row) => processRow(row, named(processes, "empty"))),
    "",
    `The behaviour model by itself (sha256 \`${sha256.model.slice(0, 12)}\`), ${spawns} starts of each in turn, medians (quartiles), ms.`,
    "",
    "| runtime | from spawn until it is up, CPU | start, wall | ratio | start, CPU | ratio | of the worker's thread | ratio | run, of the worker's thread | ratio | farthest number |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...runtimes.map((row) => runtimeRow(row, named(runtimes, "onnxruntime-web"))),
  ].join("\n");
}

function batchRow({ handler, measured, warming }, control) {
  const cpu = ["cpu", "first"].flatMap((what) => SHARES.flatMap((share) => {
    const [own, controls] = [measured, control.measured].map((rounds) => at(rounds, what, share));
    return [figure(own), figure(own - controls)];
  }));
  const wall = SHARES.map((share) => figure(at(measured, "wall", share)));
  const mean = warming.reduce((sum, { cpu }) => sum + cpu, 0) / warming.length;
  return `| ${handler} | ${[...cpu, ...wall, figure(mean)].join(" | ")} |`;
}

function processRow({ handler, memory, starts }, empty) {
  const of = (starts, what) => quartiles(starts.map((start) => start[what]));
  const mb = [of(starts, "mb").median, memory.now, memory.highest, memory.highest - empty.memory.highest].map((value) => value.toFixed(1));
  const cpu = of(starts, "cpu");
  const times = [spread(cpu), figure(cpu.median - of(empty.starts, "cpu").median), spread(of(starts, "first")), spread(of(starts, "wall"))];
  return `| ${handler} | ${[...mb, ...times].join(" | ")} |`;
}

function runtimeRow(row, peer) {
  const cells = [["up", "cpu"], ["start", "wall"], ["start", "cpu"], ["start", "first"], ["run", "first"]].flatMap(([step, what]) => {
    const [ours, peers] = [row, peer].map(({ rounds }) => quartiles(rounds.map((round) => round[step][what])));
    return step === "up" ? [spread(ours)] : [spread(ours), ratio(ours, peers)];
  });
  return `| ${row.runtime} | ${cells.join(" | ")} | ${farthest(row.output, peer.output).toExponential(1)} |`;
}

function named(rows, name) {
  return rows.find(({ handler, runtime }) => (handler ?? runtime) === name);
}

function at(rounds, what, share) {
  return percentile(rounds.map((round) => round[what]), share);
}
