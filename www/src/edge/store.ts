// A store in memory: right for one process that may forget, and the shape of all others.

import type { Store } from '../../../pkg/types/edge.d.ts';

/** As many sessions as are kept; the one touched longest ago goes first. */
const SESSIONS_CAP = 100_000;

export function memoryStore(now: () => number = Date.now): Store {
  const kept = new Map<string, { value: string; expires: number }>();
  const live = (key: string): string | null => {
    const entry = kept.get(key);
    return entry && entry.expires > now() ? entry.value : null;
  };
  return {
    get: async (key) => live(key),
    putIf: async (key, expected, value, expires) => {
      if (live(key) !== expected) return false;
      kept.delete(key);
      kept.set(key, { value, expires });
      if (kept.size > SESSIONS_CAP) kept.delete(kept.keys().next().value!);
      return true;
    },
  };
}
