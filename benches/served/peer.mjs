import * as ort from "/peer/ort.wasm.bundle.min.mjs";
import { answer } from "./inputs.mjs";

answer(async ({ wasm, model, shapes, inputs }) => {
  Object.assign(ort.env.wasm, { wasmBinary: wasm, numThreads: 1, proxy: false });
  const session = await ort.InferenceSession.create(new Uint8Array(model), { executionProviders: ["wasm"] });
  const feeds = Object.fromEntries(shapes.map(([name, shape], i) => [name, new ort.Tensor("float32", inputs[i], shape)]));
  return async () => {
    const outputs = await session.run(feeds);
    return session.outputNames.map((name) => outputs[name].data);
  };
});
