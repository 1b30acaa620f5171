// One long session, event after event: how long a push takes, and how much memory there is, at three ages.

import * as glue from "/dist/core_bg.js";

let given;
self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.do === "prepare" ? await prepare(data) : session(data));
  } catch (error) {
    self.postMessage({ error: String(error?.message ?? error) });
  }
};

async function prepare({ wasm, playbook, behaviour, intents, visit }) {
  const { instance } = await WebAssembly.instantiate(wasm, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const bytes = (buffer) => new Uint8Array(buffer);
  const loaded = new glue.Loaded(new TextDecoder().decode(playbook), bytes(behaviour), bytes(intents));
  given = { loaded, visit, memory: instance.exports.memory };
  return {};
}

/** Repeats the visit until the last age is passed; each age is measured over one whole visit. */
function session({ ages }) {
  const { loaded, visit, memory } = given;
  const core = loaded.start({ session: "bench", language: "en" });
  const [first] = visit;
  const lasts = visit.at(-1).t - first.t + 60_000;
  const taken = ages.map(() => ({ ms: [], bytes: 0 }));
  for (let n = 0; n < ages.at(-1) + visit.length; n += 1) {
    const event = visit[n % visit.length];
    const input = { ...event, t: event.t + Math.floor(n / visit.length) * lasts };
    const t = performance.now();
    core.push(input);
    const ms = performance.now() - t;
    const age = ages.findIndex((age) => n >= age && n < age + visit.length);
    if (age >= 0) {
      taken[age].ms.push(ms);
      taken[age].bytes = memory.buffer.byteLength;
    }
  }
  core.free();
  return { taken };
}
