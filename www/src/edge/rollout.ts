// Which bundle a session runs on: at its beginning by the staged roll-out, and from then on the same one.

import type { EdgeOptions } from '../../../pkg/types/edge.d.ts';
import { draw } from '../worker/rollout.ts';
import { Source } from './bundle.ts';
import type { Engine } from './engine.ts';
import type { Host } from './handler.ts';
import { Keeper } from './keeper.ts';
import { Problem } from './problem.ts';

export class Rollout {
  readonly #newest: Keeper;
  #previous: Keeper | undefined;

  constructor(private readonly host: Host, private readonly options: EdgeOptions) {
    const { bundle, previous } = options;
    const before = previous ? new Source(previous, host.readFile, undefined, 'previous') : undefined;
    this.#newest = new Keeper(host, new Source(bundle, host.readFile, before), options);
  }

  /** The newest bundle's engine, or where that one does not run, the last good one's. */
  async newest(): Promise<Engine> {
    const engine = await this.#newest.engine();
    const { percent } = this.#newest.source.manifest!.rollout;
    if (percent < 100 && !this.#before()) {
      throw new Problem('not_ready', `The bundle is rolled out to ${percent} % of users, and there is none for the others: give the one before as \`previous\`.`);
    }
    return engine;
  }

  /** For a session that begins. */
  async forUser(user: string): Promise<Engine> {
    const newest = await this.newest();
    const { bundle, rollout } = this.#newest.source.manifest!;
    const theirs = newest.bundleId !== bundle || draw(user, bundle) < rollout.percent;
    return theirs ? newest : this.#before()!.engine();
  }

  /** For a session that began with this bundle. */
  async holding(bundle: string): Promise<Engine> {
    const newest = await this.newest();
    if (newest.bundleId === bundle) return newest;
    const before = await this.#before()?.engine().catch(() => undefined);
    if (before?.bundleId === bundle) return before;
    const here = [newest, before].flatMap((engine) => engine?.bundleId ?? []).join(' and ');
    throw new Problem('snapshot_other_bundle', `The snapshot was made with the bundle ${bundle}, and this server has ${here}: begin a new session without a snapshot.`);
  }

  /** Keeps the bundle before, from when it is first asked for. */
  #before(): Keeper | undefined {
    const { before } = this.#newest.source;
    if (before === this.#previous?.source) return this.#previous;
    this.#previous?.free();
    this.#previous = before && new Keeper(this.host, before, this.options);
    return this.#previous;
  }
}
