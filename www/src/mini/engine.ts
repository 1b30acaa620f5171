// The core's glue, and how a bundle becomes a session's engine.

// @ts-ignore: made by the core's build.
import * as bindings from '../../../pkg/dist/core_bg.js';
import type { Config, Input, Output } from '../contracts/index.ts';
import type { EngineRequest } from '../platform/index.ts';
import { fetchBundle, type Bundle, type Get } from './bundle.ts';

export interface Core {
  push(input: Input): Output;
  save(): string;
}

/** What wasm-bindgen exports for `--target bundler`. */
interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  Core: {
    new (config: Config, playbook: string, behaviour: Uint8Array, intents: Uint8Array): Core;
    restore(config: Config, playbook: string, behaviour: Uint8Array, intents: Uint8Array, snapshot: string): Core;
  };
}

const glue = bindings as unknown as Glue;

export interface EngineHost {
  /** The vendor's `WXWebAssembly.instantiate(path, imports)` or its like. */
  instantiate(imports: object): Promise<WebAssembly.Instance>;
  get: Get;
}

/** A snapshot that does not fit costs only itself. */
export async function start({ bundle, config, snapshot, otherwise }: EngineRequest, host: EngineHost): Promise<{ core: Core; restored: boolean; notRestored?: string }> {
  const [{ exports }, files] = await Promise.all([
    host.instantiate({ './core_bg.js': bindings }),
    fetchBundle(bundle, config.user ?? '', host.get),
  ]);
  glue.__wbg_set_wasm(exports);
  const first = exports['__wbindgen_start'];
  if (typeof first === 'function') first();
  const fresh = (given: Config, { playbook, behaviour, intents }: Bundle) => new glue.Core(given, playbook, behaviour, intents);
  if (!snapshot) return { core: fresh(config, files), restored: false };
  try {
    return { core: glue.Core.restore(config, files.playbook, files.behaviour, files.intents, snapshot), restored: true };
  } catch (error) {
    const notRestored = error instanceof Error ? error.message : String(error);
    return { core: fresh({ ...config, session: otherwise }, files), restored: false, notRestored };
  }
}
