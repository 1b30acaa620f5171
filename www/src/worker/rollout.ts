// A staged roll-out, on every host alike: which part of the users falls to a bundle, and where the one before is.

/** How many bundles back the manifests can lead. */
export const LONGEST_WAY = 4;

/**
 * 0 to 99: which part of the users this one falls into, for this bundle; the same on each visit.
 * FNV-1a, closed by the finaliser of MurmurHash3 because texts that differ at their end are the rule.
 */
export function draw(user: string, bundle: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${bundle}/${user}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 100;
}

/** The folder that the manifest of the one at `base` names as `previous`. */
export function folderBefore(base: string, previous: string): string {
  return new URL(previous.replace(/\/?$/, '/'), base).href;
}
