// The remote mode: the engine runs at the edge (docs/edge.md), for hosts that cannot run it. What the user
// does then leaves the device; so it is off until the integrator turns it on, and each request is logged.

import type { Outgoing } from '../../../pkg/types/index.d.ts';
import type { Action, Config, HandOff, Input, Output, Profile } from '../contracts/index.ts';
import type { Failure, StartAnswer } from '../worker/protocol.ts';
import type { EngineLink } from './link.ts';

/** Events are gathered for so long, in ms: a request each would cost more than it tells. */
const GATHER_MS = 400;
/** As many inputs as one request carries, and as many as wait while the network is gone. */
const BATCH = 50;
const WAITING_CAP = 2_000;
/** The first pause before another try, and the longest, in ms; and the tries for a start. */
const RETRY_FIRST = 500;
const RETRY_LONGEST = 15_000;
const START_TRIES = 3;

/** The part of `fetch` that is used, so that a mini-program can bring its own. */
export type Send = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<{ status: number; json(): Promise<unknown> }>;

/** How the integrator turned it on. */
export interface RemoteWay {
  /** Where the handler answers: absolute, ending in a slash. */
  url: string;
  /** The gate: what of it may leave, `undefined` where it stays here. */
  pass(item: Omit<Outgoing, 't'>): unknown;
  /** The session's kind of error: a class imported here would be another one, because this file is apart. */
  fail(failure: Failure): Error & { failure: Failure };
  /** The page has a line to the desk of its own, and sends requests for a human itself. */
  desk: boolean;
}

interface Start {
  config: Config;
  snapshot?: string | undefined;
  otherwise: string;
}

/** What the handler answers: docs/edge-openapi.yaml. */
interface Answer {
  snapshot: string;
  actions: Action[];
  wake_at: number | null;
  profile: Profile | null;
  explain: Output['explain'];
  refused: { at: number; place: string; detail: string }[];
  handoffs: { handoff: string; sent: boolean }[];
}

interface Problem {
  code: string;
  detail: string;
  begin_anew: boolean;
}

type Waiting =
  | { input: Input; resolve(output: Output): void; reject(error: Error): void }
  | { input: undefined; resolve(snapshot: string): void };

/** Begins the session at the edge, or goes on with it; one that cannot go on there begins anew. */
export async function startRemote(
  { config, snapshot, otherwise }: Start,
  way: RemoteWay,
  send: Send,
): Promise<{ link: EngineLink; answer: StartAnswer }> {
  const first = new RemoteLink(way, send, config, snapshot);
  try {
    await first.start();
    return { link: first, answer: { restored: snapshot !== undefined } };
  } catch (error) {
    if ((error as { failure?: Failure }).failure?.kind !== 'snapshot') throw error;
    const link = new RemoteLink(way, send, { ...config, session: otherwise }, undefined);
    await link.start();
    return { link, answer: { restored: false, notRestored: (error as Error).message } };
  }
}

class RemoteLink implements EngineLink {
  #waiting: Waiting[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #stopped = false;

  constructor(
    private readonly way: RemoteWay,
    private readonly send: Send,
    private readonly config: Config,
    private snapshot: string | undefined,
  ) {}

  /** An empty request: it says whether the edge is there and takes the snapshot. */
  async start(): Promise<void> {
    const answer = await this.#ask('events', { events: [] }, START_TRIES);
    if (!answer) throw new Error('beforeSend kept the beginning of the session here, so the engine at the edge cannot run');
  }

  push(input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      const oldest = this.#waiting.length > WAITING_CAP ? this.#waiting.shift() : undefined;
      if (oldest?.input) oldest.resolve(nothing());
      // Somebody waits for the answer to these.
      if (routeOf(input) !== 'events' || this.#waiting.length >= BATCH) void this.#work();
      else this.#gather ??= setTimeout(() => void this.#work(), GATHER_MS);
    });
  }

  /** In turn with the inputs, so that the snapshot knows of those before it and of no other. */
  save(): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting.push({ input: undefined, resolve });
      void this.#work();
    });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#gather);
    this.#waiting = [];
  }

  async #work(): Promise<void> {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#waiting.shift(); next && !this.#stopped; next = this.#waiting.shift()) {
      if (next.input) await this.#tell([next, ...this.#with(next.input)]);
      else next.resolve(this.snapshot ?? '');
    }
    this.#busy = false;
  }

  /** What goes in the same request: the happenings that follow one. */
  #with(input: Input): Told[] {
    if (routeOf(input) !== 'events') return [];
    const other = this.#waiting.findIndex((next) => !next.input || routeOf(next.input) !== 'events');
    const count = Math.min(other < 0 ? this.#waiting.length : other, BATCH - 1);
    return this.#waiting.splice(0, count) as Told[];
  }

  async #tell(told: Told[]): Promise<void> {
    const [route, fields] = bodyOf(told.map(({ input }) => input));
    try {
      const answer = await this.#ask(route, fields, Infinity);
      for (const { at, detail } of answer?.refused ?? []) told[at]?.reject(this.way.fail({ message: detail, kind: 'input', fatal: false }));
      const output = answer ? this.#output(answer) : nothing();
      // All that came of them comes with the last one: a promise that was rejected takes no second word.
      const last = told.map((_, at) => !answer?.refused.some((refused) => refused.at === at)).lastIndexOf(true);
      told.forEach(({ resolve }, at) => resolve(at === last ? output : nothing()));
    } catch (error) {
      for (const { reject } of told) reject(error as Error);
    }
  }

  /** The edge's answer; nothing where the request was kept here. */
  async #ask(route: string, fields: object, tries: number): Promise<Answer | undefined> {
    const { url, pass } = this.way;
    const { session, ...config } = this.config;
    const body = { session, ...(this.snapshot === undefined ? { config } : {}), ...fields };
    const passed = pass({ kind: 'remote', to: url + route, body });
    if (!passed) return undefined;
    // The log does without the snapshot: it is the edge's own, and grows the log a hundredfold.
    const text = JSON.stringify({ ...(passed as object), snapshot: this.snapshot });
    const { status, json } = await this.#sent(url + route, text, tries);
    if (status !== 200) throw this.way.fail(failureOf(status, json as Problem | undefined));
    const answer = json as Answer;
    this.snapshot = answer.snapshot;
    return answer;
  }

  /** Sends it until there is an answer: the same request twice does nothing twice. */
  async #sent(url: string, body: string, tries: number): Promise<{ status: number; json: unknown }> {
    for (let n = 1; ; n += 1) {
      const answer = await this.#tried(url, body);
      const again = answer === undefined || answer.status === 429 || (answer.status >= 502 && (answer.json as Problem)?.code !== 'switched_off');
      if (answer && !(again && n < tries)) return answer;
      if (n >= tries || this.#stopped) throw new Error(`${url} cannot be reached: is the edge function deployed, and does its \`cors\` list this page's origin?`);
      await new Promise((resolve) => setTimeout(resolve, Math.min(RETRY_FIRST * 2 ** (n - 1), RETRY_LONGEST)));
    }
  }

  async #tried(url: string, body: string): Promise<{ status: number; json: unknown } | undefined> {
    try {
      const response = await this.send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return { status: response.status, json: await response.json().catch(() => undefined) };
    } catch {
      return undefined;
    }
  }

  /** Where the page has no line to the desk, what the edge has sent there is not to be sent again. */
  #output({ actions, wake_at, profile, explain, handoffs }: Answer): Output {
    for (const action of actions) {
      if (this.way.desk || action.do !== 'hand_off' || !action.request) continue;
      if (handoffs.some(({ handoff, sent }) => sent && handoff === action.handoff)) this.#noteSent(action);
    }
    return { actions, wake_at, profile, explain };
  }

  #noteSent(action: HandOff): void {
    this.way.pass({ kind: 'handoff', to: `${this.way.url}handoff`, body: action.request });
    action.request = null;
  }
}

type Told = Extract<Waiting, { input: Input }>;

const ROUTES: Partial<Record<Input['input'], string>> = { say: 'say', choose: 'choose', ask_human: 'handoff', handoff: 'handoff' };

function routeOf({ input }: Input): string {
  return ROUTES[input] ?? 'events';
}

function bodyOf(inputs: Input[]): [route: string, fields: object] {
  const route = routeOf(inputs[0]!);
  if (route === 'events') return [route, { events: inputs }];
  const { input, ...fields } = inputs[0]!;
  return [route, input === 'ask_human' ? { ...fields, ask: true } : fields];
}

function nothing(): Output {
  return { actions: [], wake_at: null, profile: null, explain: null };
}

/** In the words of the engine's own failures: a session that cannot go on is fatal, an input is not. */
function failureOf(status: number, problem: Problem | undefined): Failure {
  const message = problem?.detail ?? `the edge answered ${status}`;
  if (problem?.code === 'switched_off') return { message, kind: 'off', fatal: false };
  return { message, kind: problem?.begin_anew ? 'snapshot' : 'input', fatal: problem?.begin_anew === true };
}
