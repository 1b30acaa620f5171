// The engine's bench as Markdown: times, and ratios against onnxruntime-web in the same run.

import { figure, identities, ratio, spread } from "../figures.mjs";

export function table({ runs_a_round: runs, files, measured, events }, { chromium, rounds }) {
  return [
    `Chromium ${chromium}, one thread, ${rounds} rounds in turn, ${runs} runs a round; medians (quartiles), ms.`,
    "",
    ...identities(files),
    "",
    "| model | runtime | start | ratio | run | ratio | farthest number |",
    "|---|---|---|---|---|---|---|",
    ...measured.map((row) => graphRow(row, measured)),
    "",
    "| Wasm | event | pushes | p50, ms | p99, ms | p50 to the first | linear memory, MB |",
    "|---|---|---|---|---|---|---|",
    ...events.flatMap(({ runtime, ages }) => ages.map((row) => eventRow(runtime, row, ages[0]))),
  ].join("\n");
}

function graphRow(row, measured) {
  if (row.failure) return `| ${row.model} | ${row.runtime} | cannot: ${row.failure} | | | | |`;
  const peer = measured.find(({ model, runtime }) => model === row.model && runtime === "onnxruntime-web");
  const times = ["start_ms", "run_ms"].flatMap((key) => [spread(row[key]), ratio(row[key], peer[key])]);
  return `| ${row.model} | ${row.runtime} | ${times.join(" | ")} | ${row.farthest_from_peer?.toExponential(1) ?? ""} |`;
}

function eventRow(runtime, { age, pushes, p50_ms, p99_ms, linear_memory }, first) {
  const figures = [figure(p50_ms), figure(p99_ms), (p50_ms / first.p50_ms).toFixed(2), (linear_memory / 1e6).toFixed(1)];
  return `| ${runtime} | ${age} | ${pushes} | ${figures.join(" | ")} |`;
}
