// The benches in a browser: our engine beside onnxruntime-web (engine/), and what a page pays for us (page/). All
// that is compared was taken in turn, in one Chromium.
//
//   node run.mjs --models FOLDER [--only PART] [--rounds 30] [--json FILE] [--html FILE]
//
// CHROMIUM names the browser, and for the page UNSTUCK the built `unstuck` and UNSTUCK_BUNDLE the demo's bundle.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import * as engine from "./engine/index.mjs";
import { html } from "./html.mjs";
import * as heap from "./page/heap.mjs";
import * as start from "./page/start.mjs";
import * as visits from "./page/visits.mjs";
import * as weights from "./page/weights.mjs";
import { serve } from "./served.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const PARTS = { engine, "page/visits": visits, "page/heap": heap, "page/start": start, "page/weights": weights };
const { values: options } = parseArgs({
  options: {
    dist: { type: "string", default: join(here, "../pkg/dist") },
    models: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string", default: "30" },
    json: { type: "string" },
    html: { type: "string" },
  },
});
if (!options.models) throw new Error("say where a bundle with gru.onnx and transformer.onnx beside it is: --models FOLDER");
const parts = Object.entries(PARTS).filter(([name]) => !options.only || `${name}/`.startsWith(`${options.only}/`));
if (parts.length === 0) throw new Error(`--only is "${options.only}": it must be page, or one of ${Object.keys(PARTS).join(", ")}`);
const { chromium } = createRequire(join(here, "../www/package.json"))("playwright-core");

const server = await serve(options);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
});
try {
  const report = { chromium: browser.version(), rounds: Number(options.rounds) };
  for (const [name, { measure }] of parts) report[name] = await measure(browser, server, report.rounds);
  const sections = parts.map(([name, { title, table, plots }]) => ({ title, table: table(report[name], report), plots: plots(report[name]) }));
  console.log(sections.map(({ table }) => table).join("\n\n"));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  // cargo xtask takes no part of a part.
  const command = `${options.only?.includes("/") ? "node run.mjs" : "cargo xtask bench"}${options.only ? ` --only ${options.only}` : ""}`;
  if (options.html) writeFileSync(options.html, await html(command, sections));
} finally {
  await browser.close();
  server.close();
}
