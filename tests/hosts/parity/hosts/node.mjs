// Node, by the baseline Wasm and, where it is built, by the SIMD one.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { NotHere, bytes, fixtures, glue, paths, root } from "../job.mjs";
import { load, replayAll, tie } from "../replay.mjs";

async function through(wasm, traces) {
  const { instance } = await WebAssembly.instantiate(bytes(wasm), { "./core_bg.js": await glue(wasm) });
  const loaded = load(tie(await glue(wasm), instance), fixtures());
  const start = performance.now();
  const outputs = replayAll(loaded, traces);
  return { version: process.versions.node, outputs, ms: performance.now() - start };
}

export const node = (traces) => through(paths.wasm, traces);

export async function simd(traces) {
  if (!existsSync(join(root, paths.simd))) throw new NotHere(`${paths.simd} is not built`);
  return through(paths.simd, traces);
}
