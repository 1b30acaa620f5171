import * as glue from "/dist/core_bg.js";
import { answer } from "./inputs.mjs";

answer(async ({ wasm, model, shapes, inputs }) => {
  const { instance } = await WebAssembly.instantiate(wasm, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const graph = new glue.Graph(new Uint8Array(model));
  return () => graph.run(inputs);
});
