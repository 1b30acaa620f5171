// What each way of being in a page makes it load, as files of these bytes, with the strongest compression.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = join(here, "../../pkg/dist");
const MODULES = join(here, "../node_modules");

/** The engine's Wasm and the models are in `cargo xtask size`. */
const SETS = {
  "unstuck, sensor": ["sensor.js"].map((name) => join(PACKAGE, name)),
  "unstuck, all scripts of a first load (sensor, entry, widget, worker with the engine's glue)": ["sensor.js", "unstuck.js", "widget.js", "worker.js"].map((name) => join(PACKAGE, name)),
  "posthog-js, array.js without the recorder": [join(MODULES, "posthog-js/dist/array.js")],
};
/** What no registry has is not weighed. */
const ABSENT = {
  "Chatwoot, widget": "not measured: npm has no build of it. Its sources are public at https://github.com/chatwoot/chatwoot; an installation serves the built script at /packs/js/sdk.js, which loads the widget in a frame",
};

export const title = "Weight of the scripts";

export function measure() {
  const version = JSON.parse(readFileSync(join(MODULES, "posthog-js/package.json"), "utf8")).version;
  return { posthog: version, weights: Object.entries(SETS).map(([set, files]) => ({ set, ...weigh(files.map((file) => readFileSync(file))) })) };
}

/** Each file by itself, as it is sent. */
function weigh(files) {
  const sum = (of) => files.reduce((sum, file) => sum + of(file).length, 0);
  return {
    raw: sum((file) => file),
    gzip: sum((file) => gzipSync(file, { level: 9 })),
    brotli: sum((file) => brotliCompressSync(file)),
    sha256: files.map((file) => createHash("sha256").update(file).digest("hex")),
  };
}

export function table({ posthog, weights }) {
  return [
    `Bytes of scripts; posthog-js ${posthog}.`,
    "",
    "| scripts | raw | gzip | brotli | sha256 |",
    "|---|---|---|---|---|",
    ...weights.map(({ set, raw, gzip, brotli, sha256 }) => `| ${set} | ${raw} | ${gzip} | ${brotli} | ${sha256.map((hash) => hash.slice(0, 12)).join(", ")} |`),
    ...Object.entries(ABSENT).map(([set, why]) => `| ${set} | ${why} | | | |`),
  ].join("\n");
}

export function plots({ weights }) {
  const y = { field: "set", type: "nominal", title: null, axis: { labelLimit: 300 } };
  return [["Scripts, gzip", { width: 400, height: 120, data: { values: weights }, mark: "bar", encoding: { y, x: { field: "gzip", type: "quantitative", title: "bytes" } } }]];
}
