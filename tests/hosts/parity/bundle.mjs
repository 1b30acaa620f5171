// The glue and the replay as one script, for hosts that know no modules.

import { join } from "node:path";

import { build } from "esbuild";

import { here, paths, root } from "./job.mjs";

/** What the product gives a mini-program in the place of TextEncoder and TextDecoder. */
export const TEXT_SHIM = join(root, "www/src/mini/text.ts");

/** `inject` names files whose exports stand for identifiers that the host lacks; no global is touched. */
export async function bundle({ format, inject = [] }) {
  const entry = `
    import * as glue from ${JSON.stringify(join(root, paths.glue))};
    import { load, replayAll, tie } from ${JSON.stringify(join(here, "replay.mjs"))};
    const imports = { "./core_bg.js": glue };
    const ready = (instance, fixtures) => load(tie(glue, instance), fixtures);
    export const start = (module, fixtures) => ready(new WebAssembly.Instance(module, imports), fixtures);
    export { imports, ready, replayAll };`;
  const result = await build({
    stdin: { contents: entry, resolveDir: here },
    bundle: true, write: false, format, target: "es2018", globalName: format === "iife" ? "parity" : undefined,
    inject, logLevel: "error", charset: "utf8",
  });
  return result.outputFiles[0].text;
}
