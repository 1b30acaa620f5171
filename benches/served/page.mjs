// Opens workers and asks them; all bytes are in memory before a clock starts.

/** A fresh worker with its runtime's script, Wasm and model loaded, nothing compiled yet. */
export async function open({ worker: url, wasm }, model, shapes) {
  const bytes = (path) => fetch(path).then((response) => {
    if (!response.ok) throw new Error(`${path} is not there`);
    return response.arrayBuffer();
  });
  const [binary, file] = await Promise.all([bytes(wasm), bytes(`/models/${model}.onnx`)]);
  const worker = new Worker(url, { type: "module" });
  await ask(worker, { do: "prepare", wasm: binary, model: file, shapes });
  return worker;
}

/** One question, one answer. */
export function ask(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    worker.onerror = (event) => reject(new Error(event.message || "the worker did not load"));
    worker.postMessage(message);
  });
}
