// The page's half of parity.mjs: replays all traces in a Worker, as the web client runs the engine.

import { instantiate, replay } from "./replay.mjs";

self.onmessage = async ({ data: { traces, paths } }) => {
  try {
    const load = async (path) => (await fetch(`/${path}`)).arrayBuffer();
    const glue = await import(`/${paths.glue}`);
    const { Core } = await instantiate(glue, await load(paths.wasm));
    const playbook = await (await fetch(`/${paths.playbook}`)).text();
    const behaviour = new Uint8Array(await load(paths.behaviour));
    const intents = new Uint8Array(await load(paths.intents));
    self.postMessage({ outputs: traces.map((t) => replay(Core, t, playbook, behaviour, intents)) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
