// Replays golden traces through the Wasm. The same file runs in every host, so it names nothing that a
// host may lack.

/** Ties the glue to an instance of the Wasm. */
export function tie(glue, instance) {
  glue.__wbg_set_wasm(instance.exports);
  if (instance.exports.__wbindgen_start) instance.exports.__wbindgen_start();
  return glue;
}

/** What `replayAll` needs of the fixtures, read by a host in its own way. */
export function load({ Loaded }, { playbook, behaviour, intents }) {
  return new Loaded(playbook, behaviour, intents);
}

/** All outputs of each trace, as text, so that two hosts can be compared byte by byte. */
export function replayAll(loaded, traces) {
  return traces.map((trace) => replay(loaded, trace));
}

function replay(loaded, { config, inputs, save_restore_at = [] }) {
  let core = loaded.start(config);
  const outputs = inputs.map((input, at) => {
    if (save_restore_at.indexOf(at) >= 0) {
      const snapshot = core.save();
      core.free();
      core = loaded.restore(config, snapshot);
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
