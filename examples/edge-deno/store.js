// A store in Deno KV: an atomic operation checks the version that was read.

export function kvStore(kv) {
  return {
    get: async (key) => (await kv.get(['unstuck', key])).value,
    putIf: async (key, expected, value, expires) => {
      const kept = await kv.get(['unstuck', key]);
      if (kept.value !== expected) return false;
      const expireIn = Math.max(1, expires - Date.now());
      return (await kv.atomic().check(kept).set(['unstuck', key], value, { expireIn }).commit()).ok;
    },
  };
}
