// Which bundle this user gets, and which ones to go back to; its files held against their hashes.

import { keptBundle } from './kept.ts';
import { FILES, read, SwitchedOff, verified, type Bundle, type Manifest } from './manifest.ts';
import { fetched, type Fetch } from './module.ts';
import { draw, folderBefore, LONGEST_WAY } from './rollout.ts';

/**
 * The bundles to try, best first: the one that is rolled out to this user, those that the manifests
 * name as `previous`, and the last one that ran on this device. Without a manifest there is none,
 * because nobody could switch it off.
 */
export async function* bundlesFor(base: string, user: string, get: Fetch): AsyncGenerator<() => Promise<Bundle>> {
  const keeping = keptBundle(base);
  let manifest = await manifestAt(base, get);
  const kept = await keeping;
  for (let at = base, left = LONGEST_WAY; ; left--) {
    if (!manifest.enabled) throw new SwitchedOff(`${at}manifest.json says that the bot is off: it stays away`);
    const { bundle, rollout } = manifest;
    const previous = left > 0 ? rollout.previous : undefined;
    if (!previous || draw(user, bundle) < rollout.percent) {
      const [from, listed] = [at, manifest];
      yield async () => (kept?.manifest.bundle === bundle ? kept : filesAt(from, listed, get));
    }
    if (!previous) break;
    at = folderBefore(at, previous);
    try {
      manifest = await manifestAt(at, get);
    } catch (error) {
      yield () => Promise.reject(error);
      break;
    }
  }
  if (kept) yield async () => kept;
}

const SERVE = 'serve the folder made by "unstuck build" and give its URL as `bundle`';

async function manifestAt(base: string, get: Fetch): Promise<Manifest> {
  const url = `${base}manifest.json`;
  return read(url, await (await fetched(url, get, SERVE)).text());
}

async function filesAt(base: string, manifest: Manifest, get: Fetch): Promise<Bundle> {
  const bytesOf = async (name: string) => new Uint8Array(await (await fetched(base + name, get, SERVE)).arrayBuffer());
  return verified(base, manifest, await Promise.all(FILES.map(bytesOf)));
}
