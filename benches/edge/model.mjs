// A model by itself in workerd, where clocks stand still: whoever asks takes the time.

/** Answers `/start` and `/run` by `start()`, which gives a function that runs the model once; all else with nothing. */
export function answering(start) {
  let run;
  const routes = {
    "/start": async ({ inputs }) => {
      run = await start(inputs.map((values) => Float32Array.from(values)));
      return (await run()).map((values) => [...values]);
    },
    "/run": async ({ runs }) => {
      for (let i = 0; i < runs; i += 1) await run();
    },
  };
  return {
    async fetch(request) {
      const asked = await request.json();
      return Response.json((await routes[new URL(request.url).pathname]?.(asked)) ?? {});
    },
  };
}
