// The bundle that this user gets, from the package or from the network. There is no hashing on these
// hosts, so a file is held against its length: the package is signed, and the network is TLS.

import { draw } from '../worker/bundle.ts';
import type { Vendor } from './vendor.ts';

export interface Bundle {
  playbook: string;
  behaviour: Uint8Array;
  intents: Uint8Array;
}

export type Get = (url: string) => Promise<{ status: number; bytes: ArrayBuffer }>;

interface Manifest {
  bundle: string;
  files: Record<string, { bytes: number }>;
  rollout: { percent: number; previous?: string };
  enabled: boolean;
}

const FILES = ['playbook.json', 'behaviour.onnx', 'intents.onnx'] as const;
/** How many bundles back a staged roll-out can lead. */
const LONGEST_WAY = 4;
const AGAIN = 'deploy the whole folder of one "unstuck build" or "npx unstuck-mini"';

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

export async function fetchBundle(base: string, user: string, get: Get, left = LONGEST_WAY): Promise<Bundle> {
  const manifest = manifestOf(base, textOf(await fileAt(`${base}manifest.json`, get)));
  if (!manifest.enabled) throw Object.assign(new Error(`${base}manifest.json says that the bot is off: it stays away`), { kind: 'off' });
  const { percent, previous } = manifest.rollout;
  if (previous && draw(user, manifest.bundle) >= percent && left > 0) {
    return fetchBundle(new URL(previous.replace(/\/?$/, '/'), base).href, user, get, left - 1);
  }
  const [playbook, behaviour, intents] = (await Promise.all(FILES.map(async (name) => {
    const bytes = await fileAt(base + name, get);
    const { bytes: expected } = manifest.files[name]!;
    if (bytes.length !== expected) throw new Error(`${base}${name} has ${bytes.length} bytes and not ${expected}: ${AGAIN}`);
    return bytes;
  }))) as [Uint8Array, Uint8Array, Uint8Array];
  return { playbook: textOf(playbook), behaviour, intents };
}

function manifestOf(base: string, json: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(json) as Manifest;
  } catch {
    throw new Error(`${base}manifest.json is no JSON: ${AGAIN}`);
  }
  const missing = FILES.find((name) => typeof manifest.files?.[name]?.bytes !== 'number');
  if (missing) throw new Error(`${base}manifest.json does not list ${missing}: ${AGAIN}`);
  if (typeof manifest.rollout?.percent !== 'number') throw new Error(`${base}manifest.json says nothing of a roll-out: ${AGAIN}`);
  return manifest;
}

async function fileAt(url: string, get: Get): Promise<Uint8Array> {
  const { status, bytes } = await get(url);
  if (status < 200 || status >= 300) throw new Error(`${url} answered ${status}: serve the folder made by "unstuck build", and give its URL as \`bundle\``);
  return new Uint8Array(bytes);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
