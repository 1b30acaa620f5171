// The engine in this process, without an edge about it: what the hosts are held against, each by its own Wasm.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { tie } from "../parity/replay.mjs";

export async function directEngine(folder, bundle, wasm) {
  const dist = join(folder, "node_modules/unstuck/dist");
  const glue = await import(pathToFileURL(join(dist, "core_bg.js")).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(join(dist, wasm)), { "./core_bg.js": glue });
  tie(glue, instance);
  const file = (name) => readFileSync(join(bundle, name));
  return new glue.Loaded(file("playbook.json").toString(), new Uint8Array(file("behaviour.onnx")), new Uint8Array(file("intents.onnx")));
}

/** All actions of a session in one go, never saved, and when it wants to be woken. */
export function expected(loaded, session, config, inputs) {
  const core = loaded.start({ ...config, session });
  const wanted = { actions: [], wake_at: null };
  for (const input of inputs) {
    try {
      const { actions, wake_at } = core.push(input);
      wanted.actions.push(...actions);
      wanted.wake_at = wake_at;
    } catch {
      // A refused input costs only itself.
    }
  }
  core.free();
  return wanted;
}
