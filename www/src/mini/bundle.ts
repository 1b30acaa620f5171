// The bundle that this user gets, from the package or from the network. There is no hashing on these
// hosts, so a file is held against its length: the package is signed, and the network is TLS.

import type { BundleFiles } from '../../../pkg/types/slim.d.ts';
import { FILES, read, SwitchedOff, type Manifest } from '../worker/manifest.ts';
import { draw, folderBefore, LONGEST_WAY } from '../worker/rollout.ts';
import type { Vendor } from './vendor.ts';

export type Get = (url: string) => Promise<{ status: number; bytes: ArrayBuffer }>;

/** The file at a path of the package, or at a URL. */
export function reader(vendor: Vendor): Get {
  return async (url) => {
    if (url.startsWith('/')) return { status: 200, bytes: await vendor.readFile(url) };
    try {
      const { status, data } = await vendor.request({ url, bytes: true });
      return { status, bytes: data as ArrayBuffer };
    } catch (error) {
      throw new Error(`${url} could not be fetched (${(error as Error).message}): its host must be a request domain of this mini-program`);
    }
  };
}

/**
 * What `run` makes of this user's bundle. One that is damaged, or that does not run, costs only itself: the one
 * that it names as `previous` runs.
 */
export async function runBundle<T extends object>(base: string, user: string, get: Get, run: (files: BundleFiles) => Promise<T>, left = LONGEST_WAY): Promise<T & { wentBack?: string }> {
  const manifest = read(`${base}manifest.json`, textOf(await fileAt(`${base}manifest.json`, get)));
  if (!manifest.enabled) throw new SwitchedOff(`${base}manifest.json says that the bot is off: it stays away`);
  const { percent, previous } = manifest.rollout;
  const goBack = () => runBundle(folderBefore(base, previous!), user, get, run, left - 1);
  const canGoBack = previous && left > 0;
  if (canGoBack && draw(user, manifest.bundle) >= percent) return goBack();
  try {
    return await run(await filesAt(base, manifest, get));
  } catch (wrong) {
    if (!canGoBack) throw wrong;
    const ran = await goBack().catch((error: unknown) => {
      throw error instanceof SwitchedOff ? error : wrong;
    });
    return { ...ran, wentBack: wrong instanceof Error ? wrong.message : String(wrong) };
  }
}

async function filesAt(base: string, manifest: Manifest, get: Get): Promise<BundleFiles> {
  const [playbook, behaviour, intents] = (await Promise.all(FILES.map(async (name) => {
    const bytes = await fileAt(base + name, get);
    const { bytes: expected } = manifest.files[name]!;
    if (bytes.length !== expected) throw new Error(`${base}${name} has ${bytes.length} bytes and not ${expected}: deploy the whole folder of one "unstuck build" or "npx unstuck-mini"`);
    return bytes;
  }))) as [Uint8Array, Uint8Array, Uint8Array];
  return { playbook: textOf(playbook), behaviour, intents };
}

async function fileAt(url: string, get: Get): Promise<Uint8Array> {
  const { status, bytes } = await get(url);
  if (status < 200 || status >= 300) throw new Error(`${url} answered ${status}: serve the folder made by "unstuck build", and give its URL as \`bundle\``);
  return new Uint8Array(bytes);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
