// One page of a report: a plot a question, and the table below.

import { parse, View } from "vega";
import { compile } from "vega-lite";

/** The report as a page that needs nothing from elsewhere. A plot is its title and its spec. */
export async function html(command, sections) {
  const drawn = await Promise.all(sections.map(section));
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
<p>Made by <code>${command}</code>. Whiskers are quartiles, unless it says otherwise.</p>
${drawn.join("\n")}
</html>
`;
}

async function section({ title, table, plots }) {
  const figures = await Promise.all(plots.map(([caption, spec]) => plot(caption, spec)));
  return `<h1>${title}</h1>\n${figures.join("\n")}\n<pre>${escaped(table)}</pre>`;
}

async function plot(caption, spec) {
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  return `<figure><figcaption>${caption}</figcaption>${await view.toSVG()}</figure>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
