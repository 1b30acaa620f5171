// Medians with their spread, and the table of a report.

/** The value below which this share lies, by linear interpolation. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** Median and quartiles. */
export function quartiles(values) {
  if (values.length === 0) return null;
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => percentile(values, share));
  return { median, lower, upper, n: values.length };
}

/** The largest difference of any number of the outputs. */
export function farthest(one, other) {
  return Math.max(...one.map((values, i) => Math.max(...values.map((x, j) => Math.abs(x - other[i][j])))));
}

/** The report as Markdown: times, and ratios against onnxruntime-web in the same run. */
export function table({ chromium, rounds, runs_a_round: runs, wasm, measured, events }) {
  return [
    `Chromium ${chromium}, one thread, ${rounds} rounds in turn, ${runs} runs a round; medians (quartiles), ms.`,
    "",
    ...Object.entries(wasm).map(([name, { sha256, bytes }]) => `- ${name}: ${(bytes / 1e6).toFixed(2)} MB raw, sha256 \`${sha256.slice(0, 12)}\``),
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

export function spread({ median, lower, upper }) {
  return `${figure(median)} (${figure(lower)}–${figure(upper)})`;
}

export function figure(ms) {
  return ms >= 10 ? ms.toFixed(0) : ms.toPrecision(3);
}

export function ratio(ours, peers) {
  return ours && peers ? (ours.median / peers.median).toFixed(2) : "";
}
