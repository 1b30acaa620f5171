// The engine in a subpackage: the core's glue, and how the bundle's files become a session's engine.

// @ts-ignore: made by the core's build.
import * as glue from '../../../pkg/dist/core_bg.js';
import { fetchBundle } from '../worker/bundle.ts';
import { begin, type Glue, type Started, type StartRequest } from '../worker/engine.ts';

export interface EngineHost {
  /** The vendor's `WXWebAssembly.instantiate(path, imports)` or its like. */
  instantiate(imports: object): Promise<WebAssembly.Instance>;
  /** A file of the package, or one from the network. */
  get: typeof fetch;
}

export async function start(request: StartRequest, host: EngineHost): Promise<Started> {
  const [instance, bundle] = await Promise.all([
    host.instantiate({ './core_bg.js': glue }),
    fetchBundle(request.bundle, request.config.user ?? '', host.get),
  ]);
  const { __wbg_set_wasm } = glue as unknown as Glue;
  __wbg_set_wasm(instance.exports);
  const first = instance.exports['__wbindgen_start'];
  if (typeof first === 'function') first();
  return begin(glue as unknown as Glue, bundle, request);
}
