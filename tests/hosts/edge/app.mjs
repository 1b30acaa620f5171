// What is deployed on each host for the tests: one handler for each setting, under a path of its own.

/** The manifest as another build of the same playbook would have it. */
export const rebuilt = (manifest) => JSON.stringify({ ...JSON.parse(manifest), bundle: "rebuilt" });
/** The same, for one half of the users. */
export const staged = (manifest, previous) => JSON.stringify({ ...JSON.parse(rebuilt(manifest)), rollout: { percent: 50, previous } });

const SECRET = "a secret for tests only, 0123456789abcdef";
const OLDER = "an older secret for tests, 0123456789abcdef";
const HALF_A_DAY = 43_200_000;

/** The settings; `/short/` is told that it is later than it is. */
const SETTINGS = {
  plain: (given) => ({ handoff: given.desk }),
  quiet: () => ({}),
  store: (given) => ({ handoff: given.desk, store: given.memoryStore() }),
  rotated: () => ({ secret: ["a newer secret for tests, 0123456789abcdef", SECRET] }),
  stranger: () => ({ secret: OLDER }),
  tenant: () => ({ tenant: "another" }),
  late: () => ({ now: () => Date.now() + HALF_A_DAY + 1_000 }),
  rebuilt: (given) => ({ bundle: given.otherBundle }),
  staged: (given) => given.staged,
  cors: () => ({ cors: ["https://shop.example"] }),
  down: () => ({ handoff: { url: "http://127.0.0.1:9/", timeout: 2_000 } }),
};

/** `given`: createHandler, memoryStore, bundle, otherBundle (the same under another id), staged (the options of a roll-out of it), desk. */
export function app(given) {
  const handlers = {};
  return async (request) => {
    const name = new URL(request.url).pathname.split("/")[1];
    const setting = SETTINGS[name];
    if (!setting) return new Response("no such setting", { status: 404 });
    handlers[name] ??= given.createHandler({ bundle: given.bundle, secret: SECRET, base: `/${name}/`, ...setting(given) });
    return handlers[name](request);
  };
}
