// The engine at module scope: one instance of the Wasm, the models loaded once, and a core for each
// session's turn. A turn has no `await` in it, so a trap meets no other session halfway.

import type { Config, Input, Output } from '../contracts/index.ts';
import type { Bundle } from '../worker/manifest.ts';
import { tie, type Glue, type HeldBundle, type HeldCore } from '../worker/glue.ts';
import { Problem } from './problem.ts';

/** A session before a turn: `state` is undefined where it begins. */
export interface Before {
  config: Config;
  state: string | undefined;
}

/** An input that the engine did not take, by its place among those of the turn. */
export interface RefusedInput {
  at: number;
  place: string;
  detail: string;
}

export interface After {
  /** What came of all inputs together. */
  output: Output;
  refused: RefusedInput[];
  state: string;
}

/** The Wasm of this process. The glue knows one instance, so all handlers share it. */
export class Wasm {
  /** Counts instances: what was made by an earlier one is gone. */
  generation = 0;
  #up = false;
  #memory: WebAssembly.Memory | undefined;

  constructor(private readonly glue: Glue, private readonly module: WebAssembly.Module) {}

  instance(): Glue {
    if (this.#up) return this.glue;
    const imports = { './core_bg.js': this.glue as unknown as WebAssembly.ModuleImports };
    const { exports } = new WebAssembly.Instance(this.module, imports);
    // The glue keeps views of the memory until they are detached, and growing by nothing detaches them.
    this.#memory?.grow(0);
    this.#memory = exports['memory'] as WebAssembly.Memory;
    tie(this.glue, exports);
    this.#up = true;
    this.generation += 1;
    return this.glue;
  }

  /** The instance trapped, and cannot be called again: the next call gets a new one. */
  trapped(): void {
    this.#up = false;
  }
}

/** The Wasm of this process, made at the first call; a failed call does not count. */
export function once(make: (module: WebAssembly.Module | undefined) => Promise<Wasm>): typeof make {
  let made: Promise<Wasm> | undefined;
  return (module) => {
    made ??= make(module).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** A bundle with its models, loaded once for all sessions. */
export class Engine {
  #loaded: HeldBundle | undefined;
  #generation = 0;

  constructor(private readonly wasm: Wasm, readonly bundle: Bundle) {}

  /** The manifest's id of the bundle. */
  get bundleId(): string {
    return this.bundle.manifest.bundle;
  }

  /** Loads the models, unless they are. */
  load(): HeldBundle {
    const { Loaded } = this.wasm.instance();
    if (this.#loaded && this.#generation === this.wasm.generation) return this.#loaded;
    this.free();
    const { playbook, behaviour, intents } = this.bundle;
    try {
      this.#loaded = new Loaded(playbook, behaviour, intents);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) this.wasm.trapped();
      throw error;
    }
    this.#generation = this.wasm.generation;
    return this.#loaded;
  }

  /** Gives its memory back; what lay in an instance that is gone must not be freed in the one of now. */
  free(): void {
    if (this.#generation === this.wasm.generation) this.#loaded?.free();
    else this.#loaded?.__destroy_into_raw?.();
    this.#loaded = undefined;
  }

  /** One session's turn: from its state, through the inputs, to its state. */
  turn({ config, state }: Before, inputs: readonly Input[]): After {
    let core: HeldCore | undefined;
    try {
      const loaded = this.load();
      core = state === undefined ? loaded.start(config) : loaded.restore(config, state);
      const after = turned(core, inputs);
      core.free();
      return after;
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) {
        core?.free();
        throw error;
      }
      core?.__destroy_into_raw?.();
      this.wasm.trapped();
      throw new Problem('engine_failed', `The engine stopped ("${error.message}") and was started again: send the same request once more, and please report this.`);
    }
  }
}

/** What comes of all inputs is one output; a refused input costs only itself. */
function turned(core: HeldCore, inputs: readonly Input[]): After {
  const output: Output = { actions: [], wake_at: null, profile: null, explain: null };
  const refused: RefusedInput[] = [];
  core.pushAll(inputs).forEach((answer, at) => {
    if ('refused' in answer) {
      refused.push({ at, place: answer.place, detail: `The engine does not take it: ${answer.refused.replace(/\.?$/, '.')}` });
      return;
    }
    output.actions.push(...answer.actions);
    output.wake_at = answer.wake_at;
    output.profile = answer.profile ?? output.profile;
    output.explain = answer.explain ?? output.explain;
  });
  return { output, refused, state: core.save() };
}
