// Loads the core and runs it. Used inside the worker, and by the page itself where there is none.

import type { Config, Input, Output } from '../contracts/index.ts';
import { fetchBundle } from './bundle.ts';

/** What the core's glue exports (wasm-bindgen, `--target bundler`). */
interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  Core: {
    new (config: Config, playbook: string, behaviour: Uint8Array, intents: Uint8Array): Core;
    restore(config: Config, playbook: string, behaviour: Uint8Array, intents: Uint8Array, snapshot: string): Core;
  };
}

export interface Core {
  push(input: Input): Output;
  save(): string;
}

export interface StartRequest {
  /** The URL of the bundle's folder. */
  bundle: string;
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
  notRestored?: string;
}

/** Loads the core and the bundle side by side. A snapshot that does not fit costs only itself. */
export async function startEngine(request: StartRequest, get: typeof fetch = fetch): Promise<Started> {
  const [glue, bundle] = await Promise.all([loadGlue(get), fetchBundle(request.bundle, request.config.user ?? '', get)]);
  const { playbook, behaviour, intents } = bundle;
  const { config, snapshot } = request;
  let notRestored: string | undefined;
  if (snapshot) {
    try {
      return { core: glue.Core.restore(config, playbook, behaviour, intents, snapshot), restored: true };
    } catch (error) {
      notRestored = error instanceof Error ? error.message : String(error);
    }
  }
  const fresh = notRestored ? { ...config, session: request.otherwise } : config;
  return { core: new glue.Core(fresh, playbook, behaviour, intents), restored: false, notRestored };
}

async function loadGlue(get: typeof fetch): Promise<Glue> {
  const url = new URL('./core.wasm', import.meta.url);
  // @ts-ignore: made by the core's build, beside this file.
  const [glue, response] = (await Promise.all([import('./core_bg.js'), get(url)])) as [Glue, Response];
  if (!response.ok) throw new Error(`${url} answered ${response.status}: serve core.wasm beside unstuck.js`);
  const { instance } = await instantiate(response, { './core_bg.js': glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return glue;
}

async function instantiate(response: Response, imports: WebAssembly.Imports): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  const streams = /application\/wasm/.test(response.headers.get('content-type') ?? '');
  if (streams) return WebAssembly.instantiateStreaming(response, imports);
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
