// One request of a session: its snapshot is opened, the engine turned to it, what must go to the desk sent,
// and the snapshot sealed again.

import type { EdgeOptions, Store } from '../../../pkg/types/edge.d.ts';
import type { Explain, Output } from '../contracts/index.ts';
import { Desk, type Delivery } from './desk.ts';
import type { After, Before, Engine, RefusedInput } from './engine.ts';
import { Problem } from './problem.ts';
import type { Asked } from './read.ts';
import type { Rollout } from './rollout.ts';
import { Sealer, type Sealed } from './seal.ts';

/** Half a day, in seconds: a tab left open over the morning goes on. */
const MAX_AGE_S = 43_200;

/** What every route that moves a session answers: docs/edge-openapi.yaml. */
export interface Answer extends Omit<Output, 'explain'> {
  session: string;
  sequence: number;
  /** To be sent with the next request, and with no other. */
  snapshot: string;
  /** Until when it can be gone on from, by the server's clock. */
  expires: number;
  bundle: string;
  explain: Explain | null;
  refused: RefusedInput[];
  handoffs: Delivery[];
}

/** Where a session is before this request. */
interface Place extends Before {
  tenant: string;
  session: string;
  sequence: number;
  /** The bundle that it began with; none where it begins. */
  bundle?: string;
}

export class Sessions {
  readonly #sealer: Sealer;
  readonly #desk: Desk | undefined;
  readonly #store: Store | undefined;
  readonly #now: () => number;
  readonly #maxAge: number;

  constructor(private readonly rollout: Rollout, private readonly options: EdgeOptions) {
    this.#sealer = new Sealer(options.secret);
    this.#desk = options.handoff ? new Desk(options.handoff) : undefined;
    this.#store = options.store;
    this.#now = options.now ?? Date.now;
    this.#maxAge = (options.maxAge ?? MAX_AGE_S) * 1_000;
    if (!(this.#maxAge > 0)) throw new Error(`maxAge is ${String(options.maxAge)}: it must be a number of seconds above 0`);
  }

  /** What this deployment does beside running the engine. */
  get features(): { store: boolean; handoff: boolean } {
    return { store: this.#store !== undefined, handoff: this.#desk !== undefined };
  }

  async answer(request: Request, asked: Asked): Promise<Answer> {
    const place = await this.#place(this.#tenant(request), asked);
    const engine = await this.#engine(place);
    await this.#first(place);
    const turn = turned(engine, place, asked);
    const expires = this.#now() + this.#maxAge;
    // Before anything leaves, so that of two equal requests only one sends.
    await this.#advance(place, expires);
    const { after, handoffs } = await this.#deliver(engine, place, turn, asked);
    const { tenant, session, config } = place;
    const sequence = place.sequence + 1;
    const bundle = engine.bundleId;
    const snapshot = await this.#sealer.seal({ tenant, session, sequence, bundle, expires, config, state: after.state });
    return { session, sequence, snapshot, expires, bundle, ...whole(after.output), refused: after.refused, handoffs };
  }

  #tenant(request: Request): string {
    const { tenant = 'default' } = this.options;
    return typeof tenant === 'function' ? tenant(request) : tenant;
  }

  #engine({ bundle, config, session }: Place): Promise<Engine> {
    return bundle === undefined ? this.rollout.forUser(config.user ?? session) : this.rollout.holding(bundle);
  }

  async #place(tenant: string, { session, snapshot, config }: Asked): Promise<Place> {
    if (snapshot === undefined) {
      return { tenant, session, sequence: 0, config: { ...config, session }, state: undefined };
    }
    const sealed = await this.#sealer.open(snapshot);
    this.#check(sealed, tenant, session);
    return sealed;
  }

  #check(sealed: Sealed, tenant: string, session: string): void {
    const anew = 'begin a new session without a snapshot';
    if (sealed.tenant !== tenant) throw new Problem('snapshot_foreign', `The snapshot is of another tenant: ${anew}.`);
    if (sealed.session !== session) throw new Problem('snapshot_foreign', `The snapshot is of another session than "${session}": send this session's own, or ${anew}.`);
    if (sealed.expires <= this.#now()) throw new Problem('snapshot_expired', `The snapshot expired at ${new Date(sealed.expires).toISOString()}: ${anew}.`);
  }

  /** Refuses a replay before the engine is troubled with it. */
  async #first(place: Place): Promise<void> {
    const kept = await this.#store?.get(keyOf(place));
    if (kept !== undefined && kept !== expected(place)) throw replayed(place);
  }

  async #advance(place: Place, expires: number): Promise<void> {
    const won = await this.#store?.putIf(keyOf(place), expected(place), String(place.sequence + 1), expires);
    if (won === false) throw replayed(place);
  }

  /** What goes to the desk, and what the engine makes of its answer, at the same moment of the user's time. */
  async #deliver(engine: Engine, place: Place, turn: After, asked: Asked): Promise<{ after: After; handoffs: Delivery[] }> {
    const delivered = (await this.#desk?.deliver(place.session, turn.output.actions)) ?? [];
    const t = asked.inputs.at(-1)?.t;
    if (delivered.length === 0 || t === undefined) return { after: turn, handoffs: [] };
    const news = delivered.map(({ update }) => ({ input: 'handoff' as const, t, update }));
    const next = engine.turn({ config: place.config, state: turn.state }, news);
    const output = {
      ...next.output,
      actions: [...turn.output.actions, ...next.output.actions],
      profile: next.output.profile ?? turn.output.profile,
    };
    return { after: { output, refused: turn.refused, state: next.state }, handoffs: delivered.map(({ delivery }) => delivery) };
  }
}

/** The engine's turn; what it cannot take becomes the request's problem. */
function turned(engine: Engine, place: Place, { inputs, alone }: Asked): After {
  let after: After;
  try {
    after = engine.turn(place, inputs);
  } catch (error) {
    const { kind, message } = error as { kind?: string; message: string };
    if (kind === 'snapshot') throw new Problem('snapshot_other_bundle', message);
    if (kind === 'config' || kind === 'input') throw new Problem('input_refused', `A session cannot begin so: ${message.replace(/\.?$/, '.')}`, { place: '/config' });
    throw error;
  }
  const [refused] = after.refused;
  if (alone && refused) throw new Problem('input_refused', refused.detail, { place: refused.place });
  return after;
}

/** The core leaves nothing out, but a turn without an input has no explanation. */
function whole({ actions, wake_at, profile, explain }: Output): Output {
  return { actions, wake_at: wake_at ?? null, profile: profile ?? null, explain: explain ?? null };
}

function keyOf({ tenant, session }: Place): string {
  return `${tenant}/${session}`;
}

function expected({ sequence }: Place): string | null {
  return sequence === 0 ? null : String(sequence);
}

function replayed({ sequence }: Place): Problem {
  const sentence = sequence === 0
    ? 'This session has begun before: send the snapshot of its last answer, or begin a new session under another id.'
    : 'This snapshot was used before: send the one of the last answer, or begin a new session under another id.';
  return new Problem('snapshot_replayed', sentence);
}
