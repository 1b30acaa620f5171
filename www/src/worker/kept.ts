// The last bundle that ran on this device, in Cache Storage: what there is to go back to, and what
// need not be fetched again. Where there is no such storage, nothing is kept.

import { FILES, verified, type Bundle, type Manifest } from './manifest.ts';

const CACHE = 'unstuck';

/** The bundle that last ran for the folder at `base`, if all of it is still there. */
export async function keptBundle(base: string): Promise<Bundle | undefined> {
  try {
    const cache = await caches.open(CACHE);
    const manifest = (await (await cache.match(`${base}manifest.json`))?.json()) as Manifest | undefined;
    if (!manifest) return undefined;
    const bytesOf = async (name: string) => new Uint8Array(await (await cache.match(place(base, manifest, name)))!.arrayBuffer());
    return await verified(base, manifest, await Promise.all(FILES.map(bytesOf)));
  } catch {
    // Forbidden, cleared or damaged: then there is none.
    return undefined;
  }
}

/** Keeps a bundle that ran, in the place of the one before. */
export async function keepBundle(base: string, bundle: Bundle): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    const bytes = [bundle.playbook, bundle.behaviour, bundle.intents] as BodyInit[];
    await Promise.all(FILES.map((name, i) => cache.put(place(base, bundle.manifest, name), new Response(bytes[i]!))));
    // Last, so that a page that goes in the middle leaves the old one whole.
    await cache.put(`${base}manifest.json`, new Response(JSON.stringify(bundle.manifest)));
    const own = place(base, bundle.manifest, '');
    for (const { url } of await cache.keys()) {
      if (url.startsWith(base) && !url.startsWith(own) && url !== `${base}manifest.json`) await cache.delete(url);
    }
  } catch {
    // No storage, or it is full: the next page fetches it again.
  }
}

/** Keeps nothing any more. */
export async function forgetBundles(): Promise<void> {
  try {
    await caches.delete(CACHE);
  } catch {
    // Nothing was kept, so nothing is left.
  }
}

function place(base: string, manifest: Manifest, name: string): string {
  return `${base}${manifest.bundle}/${name}`;
}
