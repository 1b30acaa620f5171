// What a bundle's manifest says, and whether the files are those that it lists.

import type { BundleFiles } from './slim.ts';

/** `manifest.json`, as `unstuck build` writes it. */
export interface Manifest {
  bundle: string;
  files: Record<string, { sha256: string; bytes: number }>;
  rollout: { percent: number; previous?: string | null };
  enabled: boolean;
}

export interface Bundle extends BundleFiles {
  manifest: Manifest;
}

export const FILES = ['playbook.json', 'behaviour.onnx', 'intents.onnx'] as const;

/** The bundle is switched off for everybody: no mistake, but nothing to run either. */
export class SwitchedOff extends Error {
  readonly kind = 'off';
}

const AGAIN = 'build the bundle again with "unstuck build"';

/** The manifest that was read from `url`. */
export function read(url: string, json: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(json) as Manifest;
  } catch {
    throw new Error(`${url} is no JSON: ${AGAIN}`);
  }
  const missing = FILES.find((name) => !manifest.files?.[name]?.sha256);
  if (missing) throw new Error(`${url} does not list ${missing}: ${AGAIN}`);
  if (typeof manifest.rollout?.percent !== 'number') throw new Error(`${url} says nothing of a roll-out: ${AGAIN}`);
  return manifest;
}

/** The bundle, if its files, in the order of `FILES`, are those of the manifest. */
export async function verified(base: string, manifest: Manifest, files: Uint8Array[]): Promise<Bundle> {
  await Promise.all(FILES.map((name, i) => verify(base + name, files[i]!, manifest.files[name]!.sha256)));
  const [playbook, behaviour, intents] = files;
  return { manifest, playbook: new TextDecoder().decode(playbook), behaviour: behaviour!, intents: intents! };
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
