// The core out of a module and a bundle that the caller has: no fetch, no page, no worker.

import type { BundleFiles, Core, Loaded } from '../../../pkg/types/slim.d.ts';
// @ts-ignore: the glue of the core's build.
import * as bindgen from './core_bg.js';
import { tie, type Glue, type Held, type HeldBundle, type HeldCore } from './glue.ts';
import { isTrap } from './protocol.ts';

export type { BundleFiles, Core, Loaded };

const glue = bindgen as unknown as Glue;
/** The glue knows one instance at a time, so all bundles and sessions share it. */
let living: Promise<Instance> | undefined;

/** Loads a bundle; where the instance before trapped, into a new one of `module`. */
export async function load(module: WebAssembly.Module | BufferSource, bundle: BundleFiles): Promise<Loaded> {
  living ??= Instance.of(module).catch((error: unknown) => {
    living = undefined;
    throw error;
  });
  const instance = await living;
  return sessionsOf(instance, instance.hold(() => new glue.Loaded(bundle.playbook, bundle.behaviour, bundle.intents)));
}

/** Apart from `load`: functions made there would keep the bundle's bytes for as long as they live. */
function sessionsOf(instance: Instance, loaded: HeldBundle): Loaded {
  const session = (begin: () => HeldCore): Core => {
    const core = instance.hold(begin);
    return {
      push: (input) => instance.call(() => core.push(input)),
      save: () => instance.call(() => core.save()),
      free: () => instance.free(core),
    };
  };
  return {
    start: (config) => session(() => loaded.start(config)),
    restore: (config, snapshot) => session(() => loaded.restore(config, snapshot)),
    free: () => instance.free(loaded),
  };
}

class Instance {
  #held = new Set<Held>();
  #trapped = false;

  private constructor(private readonly exports: WebAssembly.Exports) {}

  static async of(module: WebAssembly.Module | BufferSource): Promise<Instance> {
    const compiled = module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
    const { exports } = await instantiate(compiled, { './core_bg.js': bindgen as WebAssembly.ModuleImports });
    tie(glue, exports);
    return new Instance(exports);
  }

  call<T>(run: () => T): T {
    if (this.#trapped) throw new Error('the engine stopped before: load the bundle again');
    try {
      return run();
    } catch (error) {
      if (isTrap(error)) this.#end();
      throw error;
    }
  }

  hold<T extends Held>(make: () => T): T {
    const held = this.call(make);
    this.#held.add(held);
    return held;
  }

  free(held: Held): void {
    if (this.#held.delete(held)) this.call(() => held.free());
  }

  /** It trapped, and nothing of it may meet the next one: neither what it held nor the glue's views. */
  #end(): void {
    this.#trapped = true;
    living = undefined;
    for (const held of this.#held) held.__destroy_into_raw?.();
    this.#held.clear();
    (this.exports['memory'] as WebAssembly.Memory | undefined)?.grow(0); // Detaches the views.
  }
}

async function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  try {
    return await WebAssembly.instantiate(module, imports);
  } catch (error) {
    // Browsers name a lack of memory differently; all say it by a RangeError.
    if (!(error instanceof RangeError)) throw error;
    throw new Error(`there is not enough memory for the engine on this device (${error.message}); nothing has to be done`);
  }
}
