// From nothing to an engine that is ready. The answer says when `init` was called, and what time it was at each step.

export async function start() {
  const begun = performance.now();
  const { init } = await import("/dist/unstuck.js");
  const called = performance.now();
  await init({ bundle: "/models/" }).ready;
  const ready = performance.now();
  return { "from import": ready - begun, "from init": ready - called };
}
