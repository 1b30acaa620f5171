// Requests for a human, on their way from the edge to the desk: desk/openapi.yaml.

import type { Handoff } from '../../../pkg/types/edge.d.ts';
import type { Action, Update } from '../contracts/index.ts';

const TIMEOUT_MS = 5_000;
const TRIES = 2;

/** What became of one of them; part of the answer. */
export interface Delivery {
  /** The handoff's key. */
  handoff: string;
  /** The idempotency key that it was sent with: the same for a replayed request. */
  key: string;
  /** Whether the desk has it. */
  sent: boolean;
  /** Why not. */
  detail?: string;
}

export interface Delivered {
  delivery: Delivery;
  /** What the engine is told of it. */
  update: Update;
}

export class Desk {
  readonly #base: string;
  readonly #options: Handoff;

  constructor(handoff: string | Handoff) {
    this.#options = typeof handoff === 'string' ? { url: handoff } : handoff;
    const url = String(this.#options.url);
    if (!URL.canParse(url)) throw new Error(`\`handoff\` is "${url}", which is no whole URL: give the desk's, such as "https://desk.example/"`);
    this.#base = url.replace(/\/?$/, '/');
  }

  /** Sends what these actions ask of the desk; what it says comes back as news for the engine. */
  async deliver(session: string, actions: readonly Action[]): Promise<Delivered[]> {
    const delivered: Delivered[] = [];
    for (const action of actions) {
      if (action.do !== 'hand_off') continue;
      const key = `${session}/${action.key}`;
      const path = encodeURIComponent(action.handoff);
      if (action.request) delivered.push(await this.#send(action.handoff, key, 'handoffs', action.request));
      else if (action.state === 'cancelled') delivered.push(await this.#send(action.handoff, key, `handoffs/${path}/cancel`, {}));
    }
    return delivered;
  }

  async #send(handoff: string, key: string, path: string, body: unknown): Promise<Delivered> {
    try {
      const update = await this.#post(path, key, body);
      return { delivery: { handoff, key, sent: true }, update };
    } catch (error) {
      const detail = `The desk did not take it: ${error instanceof Error ? error.message : String(error)}`;
      // It may leave a message instead; a desk that said no will never take it.
      const state = error instanceof Refused ? 'expired' : 'unavailable';
      return { delivery: { handoff, key, sent: false, detail }, update: { handoff, state, revision: 1 } };
    }
  }

  async #post(path: string, key: string, body: unknown): Promise<Update> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.#try(path, key, body);
      } catch (error) {
        if (error instanceof Refused || left <= 1) throw error;
      }
    }
  }

  async #try(path: string, key: string, body: unknown): Promise<Update> {
    const { headers, timeout = TIMEOUT_MS, fetch: send = fetch } = this.#options;
    const response = await send(this.#base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
    if (response.status >= 500 || response.status === 429) throw new Error(`it answered ${response.status}`);
    if (!response.ok) throw new Refused(`it answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    const update = (await response.json()) as Update;
    if (typeof update?.state !== 'string') throw new Error('its answer says nothing of a state');
    return update;
  }
}

/** The desk understood, and said no: another try would change nothing. */
class Refused extends Error {}
