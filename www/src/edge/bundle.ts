// The bundle that the engine runs on: given as files, or read from a folder's URL and looked after there.

import type { BundleFiles, EdgeOptions } from '../../../pkg/types/edge.d.ts';
import { FILES, read, SwitchedOff, verified, type Bundle, type Manifest } from '../worker/manifest.ts';
import { folderBefore } from '../worker/rollout.ts';

/** How old a folder's manifest may be, in ms: so soon the kill switch works. */
export const CHECK_MS = 60_000;

/** Gives a file of the folder, by name. */
type Get = (name: keyof BundleFiles) => Promise<Uint8Array> | Uint8Array;
/** Reads a file that is no `http:` URL, where a host has such. */
export type ReadFile = (url: URL) => Promise<Uint8Array>;

/** A bundle's source: how to get its files, whether they can change, and what to call it in a sentence. */
export class Source {
  readonly changes: boolean;
  /** As it was last read. */
  manifest: Manifest | undefined;
  readonly #get: Get;
  readonly #name: string;
  #before: Source | undefined;

  /** `given` is the bundle before, where the integrator names it; `option` is what this one was given as. */
  constructor(bundle: EdgeOptions['bundle'], private readonly readFile?: ReadFile, private readonly given?: Source, option = 'bundle') {
    if (typeof bundle === 'string' || bundle instanceof URL) {
      const folder = folderOf(bundle, option);
      this.#name = folder.href;
      this.#get = (name) => fetched(new URL(name, folder), readFile);
      this.changes = true;
      return;
    }
    const missing = (['manifest.json', ...FILES] as const).find((name) => !bundle?.[name]);
    if (missing) throw new Error(`\`${option}\` lacks "${missing}": give the URL of the folder made by "unstuck build", or its four files by their names`);
    this.#name = '';
    this.#get = (name) => bytesOf(bundle[name]);
    this.changes = false;
  }

  /** The bundle before: what the integrator names, else what a folder's manifest does. */
  get before(): Source | undefined {
    const previous = this.manifest?.rollout.previous;
    if (this.given || !this.changes || !previous) return this.given;
    const folder = folderBefore(this.#name, previous);
    if (!this.#before || this.#before.#name !== folder) this.#before = new Source(folder, this.readFile);
    return this.#before;
  }

  /** The bundle as it is now; `known` again where it did not change. */
  async load(known?: Bundle): Promise<Bundle> {
    const url = `${this.#name}manifest.json`;
    const manifest = read(url, new TextDecoder().decode(await this.#get('manifest.json')));
    this.manifest = manifest;
    if (!manifest.enabled) throw new SwitchedOff(`${url} says that the bot is off: it stays away`);
    if (known?.manifest.bundle === manifest.bundle) return known;
    return verified(this.#name, manifest, await Promise.all(FILES.map((name) => this.#get(name))));
  }
}

function folderOf(bundle: string | URL, option: string): URL {
  const href = String(bundle).replace(/\/?$/, '/');
  try {
    return new URL(href);
  } catch {
    throw new Error(`\`${option}\` is "${href}", which is no whole URL: give one such as "https://example.com/bundle/", new URL('./bundle/', import.meta.url), or the files themselves`);
  }
}

async function fetched(url: URL, readFile: ReadFile | undefined): Promise<Uint8Array> {
  if (url.protocol === 'file:' && readFile) return readFile(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: serve the folder made by "unstuck build", and give its URL as \`bundle\``);
  return new Uint8Array(await response.arrayBuffer());
}

function bytesOf(file: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof file === 'string') return new TextEncoder().encode(file);
  return file instanceof Uint8Array ? file : new Uint8Array(file);
}
