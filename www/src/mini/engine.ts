// The core's glue, and how a bundle becomes a session's engine.

import type { BundleFiles } from '../../../pkg/types/slim.d.ts';
// @ts-ignore: made by the core's build.
import * as bindings from '../../../pkg/dist/core_bg.js';
import type { EngineRequest } from '../platform/index.ts';
import { tie, type Glue, type HeldCore } from '../worker/glue.ts';
import type { StartAnswer } from '../worker/protocol.ts';
import { runBundle, type Get } from './bundle.ts';

export type Core = HeldCore;

const glue = bindings as unknown as Glue;

export interface EngineHost {
  /** The vendor's `WXWebAssembly.instantiate(path, imports)` or its like. */
  instantiate(imports: object): Promise<WebAssembly.Instance>;
  get: Get;
}

export async function start(request: EngineRequest, host: EngineHost): Promise<{ core: Core } & StartAnswer> {
  const up = host.instantiate({ './core_bg.js': bindings }).then(({ exports }) => tie(glue, exports));
  up.catch(() => undefined); // Told below.
  return runBundle(request.bundle, request.config.user ?? '', host.get, async (files) => {
    await up;
    return startOn(files, request);
  });
}

/** A snapshot that does not fit costs only itself. */
function startOn(files: BundleFiles, { config, snapshot, otherwise }: EngineRequest): { core: Core } & StartAnswer {
  const loaded = new glue.Loaded(files.playbook, files.behaviour, files.intents);
  if (!snapshot) return { core: loaded.start(config), restored: false };
  try {
    return { core: loaded.restore(config, snapshot), restored: true };
  } catch (error) {
    const notRestored = error instanceof Error ? error.message : String(error);
    return { core: loaded.start({ ...config, session: otherwise }), restored: false, notRestored };
  }
}
