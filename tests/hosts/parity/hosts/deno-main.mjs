// Deno's half of deno.mjs.

import { load, replayAll, tie } from "../replay.mjs";

const { traces, paths, root } = JSON.parse(Deno.readTextFileSync(Deno.args[0]));
const read = (path) => Deno.readFileSync(`${root}/${path}`);
const glue = await import(`file://${root}/${paths.glue}`);
const { instance } = await WebAssembly.instantiate(read(paths.wasm), { "./core_bg.js": glue });
const loaded = load(tie(glue, instance), {
  playbook: Deno.readTextFileSync(`${root}/${paths.playbook}`),
  behaviour: read(paths.behaviour),
  intents: read(paths.intents),
});
const start = performance.now();
const outputs = replayAll(loaded, traces);
console.log(JSON.stringify({ version: Deno.version.deno, outputs, ms: performance.now() - start }));
