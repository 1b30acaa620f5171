// The starts as Markdown and as a plot.

import { ratio, spread } from "../figures.mjs";
import { whiskers } from "../whiskers.mjs";

const PEER = "onnxruntime-web";

export function table({ measured }, { chromium, rounds }) {
  return [
    `Chromium ${chromium}, ${rounds} cold pages of each in turn, files over loopback; medians (quartiles), ms.`,
    "",
    "| main thread | runtime | from init() to ready | ratio | with the import of the script | ratio | with the behaviour model only | ratio |",
    "|---|---|---|---|---|---|---|---|",
    ...measured.map((row) => startRow(row, measured)),
  ].join("\n");
}

/** Ours is held against the peer's sessions for both models, and against its session for the first alone. */
function startRow({ throttle, runtime, ms }, measured) {
  const peer = measured.find((row) => row.throttle === throttle && row.runtime === PEER).ms;
  const both = ["from init", "from import"].flatMap((step) => [spread(ms[step]), ratio(ms[step], peer[step])]);
  const first = ms["behaviour only"] ?? ms["from import"];
  const speed = throttle === 1 ? "as it is" : `slowed ${throttle} times`;
  return `| ${speed} | ${runtime} | ${[...both, spread(first), ratio(first, peer["behaviour only"])].join(" | ")} |`;
}

export function plots({ measured }) {
  const values = measured.map(({ throttle, runtime, ms }) => ({ throttle, runtime, ...ms["from init"] }));
  const y = { field: "runtime", type: "nominal", title: null };
  const ms = (field) => ({ field, type: "quantitative", title: "ms", scale: { zero: true } });
  return [
    [
      "From init() to ready, with the main thread slowed so many times",
      {
        data: { values },
        facet: { row: { field: "throttle", title: null } },
        spec: {
          width: 520,
          height: 60,
          layer: whiskers({ y }, ms),
        },
      },
    ],
  ];
}
