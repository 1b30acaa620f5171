// From nothing to sessions of onnxruntime-web, one for each model, as its documentation has it: on the page's thread.

export async function start() {
  const begun = performance.now();
  const ort = await import("/peer/ort.wasm.bundle.min.mjs");
  Object.assign(ort.env.wasm, { numThreads: 1, proxy: false, wasmPaths: "/peer/" });
  const imported = performance.now();
  const open = (model) => ort.InferenceSession.create(`/models/${model}.onnx`, { executionProviders: ["wasm"] });
  await open("behaviour");
  const first = performance.now();
  await open("intents");
  const both = performance.now();
  return { "from import": both - begun, "from init": both - imported, "behaviour only": first - begun };
}
