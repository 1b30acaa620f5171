// Vercel's edge runtime: one bundled script, and the Wasm as the compiled module that `?module` gives there.

import { createRequire } from "node:module";

import { EdgeRuntime } from "edge-runtime";

import { bytes, fixtures, paths } from "../job.mjs";
import { bundle } from "../bundle.mjs";

export async function edgeRuntime(traces) {
  const runtime = new EdgeRuntime({
    initialCode: `${await bundle({ format: "iife" })}; globalThis.parity = parity;`,
    extend: (context) => Object.assign(context, { core: new WebAssembly.Module(bytes(paths.wasm)) }),
  });
  const { playbook, behaviour, intents } = fixtures();
  Object.assign(runtime.context, { job: JSON.stringify({ traces, playbook }), models: { behaviour, intents } });
  runtime.evaluate(`
    var { traces, playbook } = JSON.parse(job);
    var loaded = parity.start(core, { playbook, behaviour: new Uint8Array(models.behaviour), intents: new Uint8Array(models.intents) });
  `);
  const start = performance.now();
  const outputs = runtime.evaluate("JSON.stringify(parity.replayAll(loaded, traces))");
  const { version } = createRequire(import.meta.url)("edge-runtime/package.json");
  return { version, outputs: JSON.parse(outputs), ms: performance.now() - start };
}
