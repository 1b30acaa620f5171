// The support table of docs/hosts.md, out of a run.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./job.mjs";

const PATH = join(root, "docs/hosts.md");
const [BEGIN, END] = ["<!-- parity: begin -->", "<!-- parity: end -->"];

/** Writes the table anew. */
export function writeDocs(rows) {
  const text = readFileSync(PATH, "utf8");
  const [before, after] = [text.split(BEGIN)[0], text.split(END)[1]];
  writeFileSync(PATH, `${before}${BEGIN}\n${table(rows)}${END}${after}`);
}

function table(rows) {
  const head = ["host", "version", "asked for", "result", "traces", "numbers apart", "close calls", "ms a trace"];
  const lines = [head, head.map(() => "---"), ...rows.map(cells)];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function cells({ host, version = "", tier, same, traces = "", largest, closeCalls, msPerTrace }) {
  return [
    host, version, tier === 1 ? "the same bytes" : "the same decisions", same, traces,
    largest?.toExponential(0) ?? "", closeCalls ?? "", msPerTrace?.toFixed(1) ?? "",
  ];
}

/**
 * Fails where the page claims a host that this run does not bear out. Versions, times and counts are those
 * of the machine that wrote it, and are left alone.
 */
export function checkDocs(rows) {
  const text = readFileSync(PATH, "utf8").split(BEGIN)[1].split(END)[0];
  const written = text.split("\n").slice(2).map((line) => line.split("|").map((cell) => cell.trim()));
  const claims = new Map(written.map(([, host, , , result]) => [host, result]));
  const stale = rows.filter(({ host, same }) => same !== "not run" && claims.get(host) !== same);
  if (stale.length === 0) return;
  console.log(`docs/hosts.md does not say this of ${stale.map(({ host }) => host).join(", ")}: UNSTUCK_BLESS=1 writes it anew`);
  process.exit(1);
}
