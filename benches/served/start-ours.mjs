// From nothing to an engine that is ready: ms from the import of the script, and from the call of `init`.

export async function start() {
  const begun = performance.now();
  const { init } = await import("/dist/unstuck.js");
  const called = performance.now();
  await init({ bundle: "/models/" }).ready;
  const ready = performance.now();
  return { "from import": ready - begun, "from init": ready - called };
}
