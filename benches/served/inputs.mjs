// The same numbers for every runtime.

/** One typed array an input, from a fixed seed. */
export function inputsOf(shapes) {
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return shapes.map(([, shape, { below } = {}]) => {
    const length = shape.reduce((n, d) => n * d, 1);
    return Float32Array.from({ length }, () => (below ? Math.floor(next() * below) : next() - 0.5));
  });
}

/** Answers the page's questions by `start()`, which gives a function that runs the model once. */
export function answer(start) {
  let given, run;
  const work = {
    prepare: (message) => void (given = { ...message, inputs: inputsOf(message.shapes) }),
    start: async () => {
      const t = performance.now();
      run = await start(given);
      const output = await run();
      return { ms: performance.now() - t, output: output.map((values) => [...values]) };
    },
    run: async ({ runs }) => {
      const t = performance.now();
      for (let i = 0; i < runs; i += 1) await run();
      return { ms: performance.now() - t };
    },
  };
  self.onmessage = ({ data }) =>
    Promise.resolve()
      .then(() => work[data.do](data))
      .then((result) => self.postMessage(result ?? {}), (error) => self.postMessage({ error: String(error?.message ?? error) }));
}
