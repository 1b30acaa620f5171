// Loads the core and a bundle and starts them. Used inside the worker, and by the page itself where
// there is none.

import type { Config } from '../contracts/index.ts';
import { bundlesFor } from './bundle.ts';
import { keepBundle } from './kept.ts';
import type { Bundle } from './manifest.ts';
import { loadModule, type CoreUrls } from './module.ts';
import { isTrap } from './protocol.ts';
import { load, type Core } from './slim.ts';

export type { Core };

export interface StartRequest {
  /** The URL of the bundle's folder. */
  bundle: string;
  core: CoreUrls;
  /** What the files of `core` must hash to, by URL, where the integrator said so. */
  integrity: Record<string, string>;
  config: Config;
  /** The engine's state on the page before, if there was one. */
  snapshot?: string | undefined;
  /**
   * The session's id where the snapshot does not fit: the engine counts its actions from the start
   * again, and the keys of the old session are taken.
   */
  otherwise: string;
}

export interface Started {
  core: Core;
  /** Whether the snapshot was taken up. */
  restored: boolean;
  /** Why it was not, where there was one. */
  notRestored?: string | undefined;
  /** Why it is not the bundle that this user should have, where it is an older one. */
  wentBack?: string | undefined;
}

/**
 * Loads the core and the bundle side by side. A bundle that is damaged, or that the engine does not
 * start with, costs only itself: the one before it runs.
 */
export async function startEngine(request: StartRequest, get: typeof fetch = fetch): Promise<Started> {
  const loading = loadModule(request.core, (url) => get(url, hashed(request.integrity[url])));
  loading.catch(() => undefined); // Told below, unless the bot is off.
  let wrong: unknown;
  // A manifest that is an hour old cannot switch anything off.
  for await (const fetchBundle of bundlesFor(request.bundle, request.config.user ?? '', (url) => get(url, { cache: 'no-cache' }))) {
    const fetching = fetchBundle();
    fetching.catch(() => undefined); // Told below.
    const module = await loading;
    try {
      const bundle = await fetching;
      const started = await startWith(module, bundle, request);
      void keepBundle(request.bundle, bundle);
      return wrong ? { ...started, wentBack: messageOf(wrong) } : started;
    } catch (error) {
      wrong ??= trapped(error) ?? error;
    }
  }
  throw wrong;
}

/** A snapshot that does not fit costs only itself. */
async function startWith(module: WebAssembly.Module, bundle: Bundle, request: StartRequest): Promise<Started> {
  const { config, snapshot, otherwise } = request;
  const loaded = await load(module, bundle);
  if (!snapshot) return { core: loaded.start(config), restored: false };
  try {
    return { core: loaded.restore(config, snapshot), restored: true };
  } catch (error) {
    const whole = isTrap(error) ? await load(module, bundle) : loaded;
    return { core: whole.start({ ...config, session: otherwise }), restored: false, notRestored: messageOf(error) };
  }
}

/** A trap says nothing of its cause; a lack of memory is not the bundle's fault. */
function trapped(error: unknown): Error | undefined {
  if (!isTrap(error) && !messageOf(error).includes('out of memory')) return undefined;
  return new Error(`the engine stopped while it started (${messageOf(error)}): mostly there is too little memory on this device; if it happens everywhere, report it`);
}

function hashed(integrity: string | undefined): RequestInit {
  return integrity ? { integrity } : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
