// The page's half of browsers.mjs.

import { load, replayAll, tie } from "../replay.mjs";

const get = async (path) => (await fetch(`/${path}`)).arrayBuffer();

async function run() {
  const { traces, paths } = await (await fetch("/job.json")).json();
  const glue = await import(`/${paths.glue}`);
  const { instance } = await WebAssembly.instantiate(await get(paths.wasm), { "./core_bg.js": glue });
  const loaded = load(tie(glue, instance), {
    playbook: new TextDecoder().decode(await get(paths.playbook)),
    behaviour: new Uint8Array(await get(paths.behaviour)),
    intents: new Uint8Array(await get(paths.intents)),
  });
  const start = performance.now();
  const outputs = replayAll(loaded, traces);
  return { outputs, ms: performance.now() - start };
}

run()
  .catch((error) => ({ error: String(error?.stack ?? error) }))
  .then((result) => fetch("/", { method: "POST", body: JSON.stringify(result) }));
