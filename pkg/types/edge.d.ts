/**
 * The engine in an edge function or on a server, for hosts that cannot run it themselves.
 *
 * ```ts
 * import { createHandler } from 'unstuck/edge';
 *
 * export default { fetch: createHandler({ bundle, secret, handoff: 'https://desk.example/' }) };
 * ```
 *
 * With it raw events leave the device: see docs/edge.md before you turn it on.
 */

/**
 * A handler of web-standard requests. It keeps nothing of a session: the session's state travels with
 * each request, encrypted. A mistake in the options throws here, with a sentence.
 */
export function createHandler(options: EdgeOptions): EdgeHandler;

export interface EdgeHandler {
  /** Answers one request; never rejects. Further arguments of a host's `fetch` are ignored. */
  (request: Request, ...host: unknown[]): Promise<Response>;
  /** Loads engine and bundle now, not at the first request; rejects with a sentence. */
  ready(): Promise<void>;
}

export interface EdgeOptions {
  /**
   * What `unstuck build` made: the files themselves, or the URL of their folder. A folder's manifest is
   * read again each minute, so that a new bundle or the kill switch needs no deployment.
   */
  bundle: BundleFiles | string | URL;

  /**
   * The bundle before, for sessions that began with it, for users whom the manifest's `rollout` does not reach yet,
   * and to go back to where `bundle` does not run. Default: the one that a folder's manifest names as `previous`.
   */
  previous?: BundleFiles | string | URL;

  /**
   * What snapshots are encrypted with: at least 32 random characters, kept by the host as a secret. A list
   * changes it without losing sessions: the first one encrypts, all of them decrypt.
   */
  secret: string | readonly string[];

  /**
   * Whose sessions these are, where one deployment serves several: a snapshot of one tenant is refused for
   * another. Default: `default`.
   */
  tenant?: string | ((request: Request) => string);

  /** With a store a replayed request is refused. Without one it does nothing twice. */
  store?: Store;

  /** The desk that takes requests for a human (`POST {url}/handoffs`). Without it the page sends them. */
  handoff?: string | Handoff;

  /** The path before the routes, such as `/api/unstuck/`. Default: `/`. */
  base?: string;

  /** Origins whose pages may ask from another origin; `*` for all. Default: none. */
  cors?: readonly string[] | '*';

  /** How long a snapshot can be gone on from, in seconds. Default: 43200, half a day. */
  maxAge?: number;

  /** The engine's compiled module, where this host has no way to it of its own. */
  wasm?: WebAssembly.Module;

  /** The server's clock, in milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
}

/** The files of a bundle. Each is held against the manifest's hash. */
export interface BundleFiles {
  'manifest.json': string | Uint8Array | ArrayBuffer;
  'playbook.json': string | Uint8Array | ArrayBuffer;
  'behaviour.onnx': Uint8Array | ArrayBuffer;
  'intents.onnx': Uint8Array | ArrayBuffer;
}

export interface Handoff {
  /** The desk's base URL. */
  url: string;
  /** Sent along, such as `authorization`. */
  headers?: Record<string, string>;
  /** After how long a try is given up, in milliseconds; there are two. Default: 5000. */
  timeout?: number;
  /** Default: the host's. */
  fetch?: typeof fetch;
}

/** Keeps a short text a session. `putIf` must be atomic over all instances: KV stores are not. */
export interface Store {
  /** What is kept under the key. */
  get(key: string): Promise<string | null>;
  /**
   * Keeps `value` if what is kept is still `expected` (`null`: nothing), and says whether it did. It may be
   * forgotten after `expires`, in milliseconds since 1970.
   */
  putIf(key: string, expected: string | null, value: string, expires: number): Promise<boolean>;
}

/** A store in this process's memory: for one process, and for tests. */
export function memoryStore(): Store;
