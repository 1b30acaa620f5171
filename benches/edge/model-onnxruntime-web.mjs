import * as ort from "../node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs";
import module from "upload:ort-wasm-simd-threaded.wasm";
import shapes from "upload:shapes.json";
import behaviour from "upload:behaviour.onnx";
import { answering } from "./model.mjs";

// workerd compiles no Wasm from bytes, and onnxruntime-web takes none that is compiled: so it is handed over here.
WebAssembly.instantiate = async (_bytes, imports) => ({ module, instance: new WebAssembly.Instance(module, imports) });
Object.assign(ort.env.wasm, { wasmBinary: new ArrayBuffer(0), numThreads: 1, proxy: false });

export default answering(async (inputs) => {
  const session = await ort.InferenceSession.create(new Uint8Array(behaviour), { executionProviders: ["wasm"] });
  const feeds = Object.fromEntries(JSON.parse(shapes).map(([name, shape], i) => [name, new ort.Tensor("float32", inputs[i], shape)]));
  return async () => {
    const outputs = await session.run(feeds);
    return session.outputNames.map((name) => outputs[name].data);
  };
});
