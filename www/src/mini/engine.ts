// The core's glue, and how a bundle becomes a session's engine.

// @ts-ignore: made by the core's build.
import * as bindings from '../../../pkg/dist/core_bg.js';
import type { EngineRequest } from '../platform/index.ts';
import { tie, type Glue, type HeldCore } from '../worker/glue.ts';
import { fetchBundle, type Get } from './bundle.ts';

export type Core = HeldCore;

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
  tie(glue, exports);
  const loaded = new glue.Loaded(files.playbook, files.behaviour, files.intents);
  if (!snapshot) return { core: loaded.start(config), restored: false };
  try {
    return { core: loaded.restore(config, snapshot), restored: true };
  } catch (error) {
    const notRestored = error instanceof Error ? error.message : String(error);
    return { core: loaded.start({ ...config, session: otherwise }), restored: false, notRestored };
  }
}
