// One page of a report: a plot a question, and the table below.

import { parse, View } from "vega";
import { compile } from "vega-lite";

import { table } from "./figures.mjs";

const COLOURS = { domain: ["unstuck, SIMD", "unstuck, baseline", "onnxruntime-web"], range: ["#0b7a5b", "#69b59b", "#9a9a9f"] };

/** The report as a page that needs nothing from elsewhere. */
export async function html(report) {
  const plots = await Promise.all([
    plot("From bytes in memory to the first prediction", times(report.measured, "start_ms")),
    plot("One prediction", times(report.measured, "run_ms")),
    plot("One event of a session, p50", ages(report.events)),
  ]);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Unstuck: speed</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1c1f; background: #fff; }
  figure { margin: 2rem 0; } figcaption { font-weight: 600; } svg { max-width: 100%; height: auto; }
  pre { overflow-x: auto; font-size: 0.8rem; }
</style>
<h1>Speed beside onnxruntime-web</h1>
<p>Made by <code>${report.command}</code>. Whiskers are quartiles.</p>
${plots.join("\n")}
<pre>${escaped(table(report))}</pre>
</html>
`;
}

async function plot(title, spec) {
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  return `<figure><figcaption>${title}</figcaption>${await view.toSVG()}</figure>`;
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
      layer: [
        { mark: { type: "rule", strokeWidth: 2 }, encoding: { ...row, x: ms("lower"), x2: { field: "upper" } } },
        { mark: { type: "point", filled: true, size: 90 }, encoding: { ...row, x: ms("median") } },
      ],
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

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
