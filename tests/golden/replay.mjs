// Replays golden traces through the shipped Wasm. The same file runs in Node and in a page.

/** Instantiates the engine out of its glue and its bytes. */
export async function instantiate(glue, bytes) {
  const { instance } = await WebAssembly.instantiate(bytes, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  return { Core: glue.Core, memory: instance.exports.memory };
}

/** All outputs of one trace, as text, so that two hosts can be compared byte by byte. */
export function replay(Core, trace, playbook, behaviour, intents) {
  let core = new Core(trace.config, playbook, behaviour, intents);
  const saveAt = new Set(trace.save_restore_at ?? []);
  const outputs = trace.inputs.map((input, index) => {
    if (saveAt.has(index)) {
      const snapshot = core.save();
      core.free();
      core = Core.restore(trace.config, playbook, behaviour, intents, snapshot);
    }
    try {
      return core.push(input);
    } catch (error) {
      return { error: { kind: error.kind, place: error.place } };
    }
  });
  core.free();
  return JSON.stringify(outputs);
}
