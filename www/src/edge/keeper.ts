// Keeps a bundle's engine over requests: loads it at the first one, looks after a folder's manifest, and holds on
// to the last good bundle where a newer one cannot be had.

import type { EdgeOptions } from '../../../pkg/types/edge.d.ts';
import { SwitchedOff } from '../worker/manifest.ts';
import { CHECK_MS, type Source } from './bundle.ts';
import { Engine } from './engine.ts';
import type { Host } from './handler.ts';
import { Problem } from './problem.ts';

export class Keeper {
  readonly #now: () => number;
  #engine: Engine | undefined;
  #loading: Promise<Engine> | undefined;
  #off: Problem | undefined;
  #checked = -Infinity;

  constructor(private readonly host: Host, readonly source: Source, private readonly options: EdgeOptions) {
    this.#now = options.now ?? Date.now;
    // Files are at hand, so the models are loaded with the module and not with the first request.
    if (!this.source.changes) this.engine().catch(() => undefined);
  }

  /** The engine on the bundle of now; one check at a time, for all who wait. */
  async engine(): Promise<Engine> {
    const fresh = !this.source.changes || this.#now() - this.#checked < CHECK_MS;
    if (this.#off && fresh) throw this.#off;
    if (this.#engine && fresh) return this.#engine;
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  /** Gives its memory back. */
  free(): void {
    this.#engine?.free();
  }

  async #load(): Promise<Engine> {
    this.#off = undefined;
    try {
      await this.#take(this.source);
    } catch (error) {
      if (error instanceof SwitchedOff) {
        this.#checked = this.#now();
        this.#off = new Problem('switched_off', `${error.message}.`);
        throw this.#off;
      }
      await this.#goBack(error instanceof Error ? error.message : String(error));
    }
    this.#checked = this.#now();
    return this.#engine!;
  }

  /** Takes up what the source has now. */
  async #take(source: Source): Promise<void> {
    const bundle = await source.load(this.#engine?.bundle);
    if (bundle === this.#engine?.bundle) return;
    const engine = new Engine(await this.host.wasm(this.options.wasm), bundle);
    engine.load();
    this.#engine?.free();
    this.#engine = engine;
  }

  /** To the last one that ran here, else to the one before. */
  async #goBack(wrong: string): Promise<void> {
    const { before } = this.source;
    if (!this.#engine && before) await this.#take(before).catch(() => undefined);
    if (!this.#engine) throw new Problem('not_ready', `The engine could not be loaded: ${wrong}.`);
    console.error(`unstuck: the bundle before goes on: ${wrong}`);
  }
}
