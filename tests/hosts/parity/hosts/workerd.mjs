// workerd, by miniflare: the Wasm is a module of the worker, compiled before it starts.

import { createRequire } from "node:module";

import { Miniflare } from "miniflare";

import { bytes, here, paths, text } from "../job.mjs";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The worker. Its clock stands still while it computes, so it is asked twice: to load, then to replay. */
const WORKER = `
import module from "./core.wasm";
import * as glue from "./core_bg.js";
import playbook from "./playbook.txt";
import behaviour from "./behaviour.bin";
import intents from "./intents.bin";
import { load, replayAll, tie } from "./replay.mjs";

let loaded;
export default {
  async fetch(request) {
    loaded ??= load(tie(glue, new WebAssembly.Instance(module, { "./core_bg.js": glue })), {
      playbook, behaviour: new Uint8Array(behaviour), intents: new Uint8Array(intents),
    });
    return Response.json(replayAll(loaded, await request.json()));
  },
};`;

export async function workerd(traces) {
  const miniflare = new Miniflare({
    compatibilityDate: "2026-01-01",
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: WORKER },
      { type: "ESModule", path: "core_bg.js", contents: text(paths.glue) },
      { type: "ESModule", path: "replay.mjs", contents: readFileSync(join(here, "replay.mjs"), "utf8") },
      { type: "CompiledWasm", path: "core.wasm", contents: bytes(paths.wasm) },
      { type: "Text", path: "playbook.txt", contents: text(paths.playbook) },
      { type: "Data", path: "behaviour.bin", contents: bytes(paths.behaviour) },
      { type: "Data", path: "intents.bin", contents: bytes(paths.intents) },
    ],
  });
  try {
    const ask = async (traces) => {
      const response = await miniflare.dispatchFetch("http://worker/", { method: "POST", body: JSON.stringify(traces) });
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    };
    await ask([]);
    const start = performance.now();
    const outputs = await ask(traces);
    const { version } = createRequire(import.meta.url)("workerd/package.json");
    return { version, outputs, ms: performance.now() - start };
  } finally {
    await miniflare.dispose();
  }
}
