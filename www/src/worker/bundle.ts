// Fetches the bundle that this user gets, and holds its files against the manifest's hashes.

export interface Bundle {
  playbook: string;
  behaviour: Uint8Array;
  intents: Uint8Array;
}

/** `manifest.json`, as `unstuck build` writes it. */
export interface Manifest {
  bundle: string;
  files: Record<string, { sha256: string; bytes: number }>;
  rollout: { percent: number; previous?: string };
  enabled: boolean;
}

const FILES = ['playbook.json', 'behaviour.onnx', 'intents.onnx'] as const;
/** How many bundles back a staged roll-out can lead. */
const LONGEST_WAY = 4;

/** The bundle is switched off for everybody: no mistake, but nothing to run either. */
export class SwitchedOff extends Error {
  readonly kind = 'off';
}

/**
 * The files of the bundle at `base`, or of the one before it where this user is not yet part of the
 * roll-out. An error names the file and says what to do.
 */
export async function fetchBundle(base: string, user: string, get: typeof fetch, left = LONGEST_WAY): Promise<Bundle> {
  const url = (name: string) => new URL(name, base).href;
  // Side by side: nearly always they are wanted, and each wait costs the user.
  const fetched = FILES.map((name) => bytesOf(url(name), get));
  for (const file of fetched) file.catch(() => undefined);
  const manifest = read(url('manifest.json'), text(await bytesOf(url('manifest.json'), get)));
  if (!manifest.enabled) throw new SwitchedOff(`${url('manifest.json')} says that the bot is off: it stays away`);
  const { percent, previous } = manifest.rollout;
  if (previous && draw(user, manifest.bundle) >= percent && left > 0) {
    return fetchBundle(new URL(previous.replace(/\/?$/, '/'), base).href, user, get, left - 1);
  }
  const files = await Promise.all(fetched);
  await Promise.all(FILES.map((name, i) => verify(url(name), files[i]!, manifest.files[name]!.sha256)));
  const [playbook, behaviour, intents] = files as [Uint8Array, Uint8Array, Uint8Array];
  return { playbook: text(playbook), behaviour, intents };
}

export function read(url: string, json: string): Manifest {
  const again = 'build the bundle again with "unstuck build"';
  let manifest: Manifest;
  try {
    manifest = JSON.parse(json) as Manifest;
  } catch {
    throw new Error(`${url} is no JSON: ${again}`);
  }
  const missing = FILES.find((name) => !manifest.files?.[name]?.sha256);
  if (missing) throw new Error(`${url} does not list ${missing}: ${again}`);
  if (typeof manifest.rollout?.percent !== 'number') throw new Error(`${url} says nothing of a roll-out: ${again}`);
  return manifest;
}

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

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

async function bytesOf(url: string, get: typeof fetch): Promise<Uint8Array> {
  const response = await get(url);
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: serve the folder made by "unstuck build" and give its URL as \`bundle\``);
  }
  return new Uint8Array(await response.arrayBuffer());
}

export async function verify(url: string, bytes: Uint8Array, expected: string): Promise<void> {
  // Outside secure contexts there is no hashing; there TLS did not protect the manifest either.
  if (!globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const actual = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (actual !== expected.toLowerCase()) {
    throw new Error(`${url} is not the file that manifest.json lists: deploy the whole folder of one "unstuck build"`);
  }
}
