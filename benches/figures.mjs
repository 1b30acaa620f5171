// Medians with their spread, and the table of a report.

/** Median and quartiles, by linear interpolation. */
export function quartiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  };
  return sorted.length === 0 ? null : { median: at(0.5), lower: at(0.25), upper: at(0.75), n: sorted.length };
}

/** The report as Markdown: times, and ratios against onnxruntime-web in the same run. */
export function table({ chromium, rounds, runs_a_round: runs, wasm, measured }) {
  const lines = [
    `Chromium ${chromium}, one thread, ${rounds} rounds in turn, ${runs} runs a round; medians (quartiles), ms.`,
    "",
    ...Object.entries(wasm).map(([name, hash]) => `- ${name}: sha256 \`${hash.slice(0, 12)}\``),
    "",
    "| model | runtime | start | ratio | run | ratio | farthest number |",
    "|---|---|---|---|---|---|---|",
  ];
  for (const row of measured) {
    const peer = measured.find(({ model, runtime }) => model === row.model && runtime === "onnxruntime-web");
    if (row.failure) lines.push(`| ${row.model} | ${row.runtime} | cannot: ${row.failure} | | | | |`);
    else lines.push(`| ${row.model} | ${row.runtime} | ${spread(row.start_ms)} | ${ratio(row.start_ms, peer.start_ms)} | ${spread(row.run_ms)} | ${ratio(row.run_ms, peer.run_ms)} | ${row.farthest_from_peer?.toExponential(1) ?? ""} |`);
  }
  return lines.join("\n");
}

function spread({ median, lower, upper }) {
  return `${figure(median)} (${figure(lower)}–${figure(upper)})`;
}

function figure(ms) {
  return ms >= 10 ? ms.toFixed(0) : ms.toPrecision(3);
}

function ratio(ours, peers) {
  return ours && peers ? (ours.median / peers.median).toFixed(2) : "";
}
