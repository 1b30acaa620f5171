// The engine's bench as plots.

import { whiskers } from "../whiskers.mjs";

const COLOURS = { domain: ["unstuck, SIMD", "unstuck, baseline", "onnxruntime-web"], range: ["#0b7a5b", "#69b59b", "#9a9a9f"] };

export function plots({ measured, events }) {
  return [
    ["From bytes in memory to the first prediction", times(measured, "start_ms")],
    ["One prediction", times(measured, "run_ms")],
    ["One event of a session, p50", ages(events)],
  ];
}

/** Medians with quartiles, a group a model; on a log scale, because a ratio is what is asked for. */
function times(measured, key) {
  const values = measured.filter((row) => row[key]).map((row) => ({ model: row.model, runtime: row.runtime, ...row[key] }));
  const along = { field: "runtime", type: "nominal", sort: COLOURS.domain };
  const ms = (field) => ({ field, type: "quantitative", title: "ms", scale: { type: "log" } });
  const row = { y: { ...along, title: null, axis: { labels: false, ticks: false } }, color: { ...along, scale: COLOURS, title: null } };
  return {
    data: { values },
    facet: { row: { field: "model", title: null, header: { labelAngle: 0, labelAlign: "left" } } },
    spec: {
      width: 520,
      height: 60,
      layer: whiskers(row, ms),
    },
  };
}

function ages(events) {
  const values = events.flatMap(({ runtime, ages }) => ages.map(({ age, p50_ms }) => ({ runtime, age, p50_ms })));
  return {
    width: 520,
    height: 160,
    data: { values },
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "age", type: "quantitative", scale: { type: "log" }, title: "the n-th event" },
      y: { field: "p50_ms", type: "quantitative", title: "ms", scale: { zero: true } },
      color: { field: "runtime", type: "nominal", scale: COLOURS, title: null },
    },
  };
}
