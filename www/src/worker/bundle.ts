// Fetches a bundle and holds its files against the manifest's hashes.

export interface Bundle {
  playbook: string;
  behaviour: Uint8Array;
  intents: Uint8Array;
}

interface Manifest {
  files: Record<string, { sha256: string }>;
}

const FILES = ['playbook.json', 'behaviour.onnx', 'intents.onnx'] as const;

/** The files of the bundle at `base`; an error names the file and says what to do. */
export async function fetchBundle(base: string, get: typeof fetch): Promise<Bundle> {
  const url = (name: string) => new URL(name, base).href;
  const [manifest, ...files] = await Promise.all([
    bytesOf(url('manifest.json'), get),
    ...FILES.map((name) => bytesOf(url(name), get)),
  ]);
  const { files: listed } = JSON.parse(text(manifest!)) as Manifest;
  await Promise.all(FILES.map((name, i) => verify(url(name), files[i]!, listed[name]?.sha256)));
  const [playbook, behaviour, intents] = files as [Uint8Array, Uint8Array, Uint8Array];
  return { playbook: text(playbook), behaviour, intents };
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

async function verify(url: string, bytes: Uint8Array, expected: string | undefined): Promise<void> {
  if (!expected) throw new Error(`manifest.json does not list ${url}: build the bundle again with "unstuck build"`);
  // Outside secure contexts there is no hashing; there TLS did not protect the manifest either.
  if (!globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const actual = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (actual !== expected.toLowerCase()) {
    throw new Error(`${url} is not the file that manifest.json lists: deploy the whole folder of one "unstuck build"`);
  }
}
