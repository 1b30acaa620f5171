import * as glue from "unstuck/glue";
import module from "upload:core.simd.wasm";
import behaviour from "upload:behaviour.onnx";
import { answering } from "./model.mjs";

export default answering((inputs) => {
  const { exports } = new WebAssembly.Instance(module, { "./core_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  const graph = new glue.Graph(new Uint8Array(behaviour));
  return () => graph.run(inputs);
});
