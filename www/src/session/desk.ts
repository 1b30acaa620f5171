// The line to the desk: the request for a human, live messages both ways, and coming back after a
// reload or a lost network without losing or repeating anything.

import type { ContextPackage, Update } from '../contracts/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Store } from './store.ts';

/** The first pause before another try, and the longest, in ms. */
export const RETRY_FIRST = 500;
export const RETRY_LONGEST = 15_000;

interface OutMessage {
  /** The client's id: the desk takes it once. */
  id: string;
  text: string;
}

interface Kept {
  key: string;
  /** Set until the desk has it. */
  request?: ContextPackage | undefined;
  /** The last frame that was seen. */
  after: number;
  outbox: OutMessage[];
  cancelled: boolean;
}

/** A frame of the live channel. News that the desk does not keep, such as a better place in the queue, has no number. */
export type Frame =
  | { seq?: number; type: 'state'; update: Update; t: number }
  | { seq?: number; type: 'message'; id: string; from: 'user' | 'agent' | 'bot'; name: string; text: string; t: number };

export interface DeskListener {
  update(update: Update): void;
  agentSays(message: { id: string; name: string; text: string; t: number }): void;
  delivered(id: string, ok: boolean): void;
  line(state: 'online' | 'connecting' | 'offline'): void;
}

const FINAL = new Set(['ended', 'declined', 'message_left', 'cancelled', 'expired', 'returned']);

export class DeskLine {
  #kept: Kept | undefined;
  /** Closes the live line; set while there is one. */
  #hangUp: (() => void) | undefined;
  readonly #unwatch: () => void;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #stopped = false;
  #busy = false;

  constructor(
    private readonly base: string,
    private readonly store: Store,
    private readonly host: Pick<Platform, 'fetch' | 'openSocket' | 'isOnline' | 'onOnline'>,
    private readonly on: DeskListener,
  ) {
    this.#kept = store.get<Kept>('desk');
    this.#unwatch = host.onOnline(() => this.#now());
  }

  /** The handoff that is under way, if there is one. */
  get key(): string | undefined {
    return this.#kept?.key;
  }

  /** Goes on where the last page left off. */
  resume(): void {
    if (this.#kept) void this.#work();
  }

  request(request: ContextPackage): void {
    this.#close();
    this.#kept = { key: request.handoff, request, after: 0, outbox: [], cancelled: false };
    this.#keep();
    void this.#work();
  }

  say(message: OutMessage): void {
    if (!this.#kept) return this.on.delivered(message.id, false);
    this.#kept.outbox.push(message);
    this.#keep();
    void this.#work();
  }

  cancel(): void {
    if (!this.#kept) return;
    this.#kept.cancelled = true;
    this.#keep();
    void this.#work();
  }

  stop(): void {
    this.#stopped = true;
    this.#unwatch();
    clearTimeout(this.#retry);
    this.#close();
  }

  #now(): void {
    if (!this.#kept || this.#stopped) return;
    this.#tries = 0;
    void this.#work();
  }

  /** The URL of a route of the handoffs. */
  url(rest: string): string {
    return `${this.base}handoffs${rest}`;
  }

  /** Delivers what waits, in order: the request, then the messages, then a cancellation; then listens. */
  async #work(): Promise<void> {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    clearTimeout(this.#retry);
    try {
      await this.#deliver();
      this.#tries = 0;
      this.#listen();
    } catch {
      this.#again();
    } finally {
      this.#busy = false;
    }
  }

  async #deliver(): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    if (kept.request) {
      if (this.#tries > 0) this.on.line('connecting');
      const update = await this.#post('', kept.request).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        return { handoff: kept.key, state: 'expired', revision: 1 } satisfies Update;
      });
      kept.request = undefined;
      this.#keep();
      this.#heard(update);
    }
    for (let next = kept.outbox[0]; next; next = kept.outbox[0]) {
      await this.#deliverMessage(kept, next);
    }
    if (kept.cancelled) {
      this.#heard(await this.#post(`/${encodeURIComponent(kept.key)}/cancel`, {}));
      kept.cancelled = false;
    }
  }

  async #deliverMessage(kept: Kept, message: OutMessage): Promise<void> {
    let ok = true;
    try {
      await this.#post(`/${encodeURIComponent(kept.key)}/messages`, message);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      ok = false; // The desk will never take it: the user must hear that.
    }
    kept.outbox.shift();
    this.#keep();
    this.on.delivered(message.id, ok);
  }

  async #post(path: string, body: unknown): Promise<Update | undefined> {
    const response = await this.host.fetch(this.url(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status >= 500 || response.status === 429) throw new Error(`the desk answered ${response.status}`);
    if (!response.ok) throw new Refused(`the desk answered ${response.status}`);
    return (await response.json().catch(() => undefined)) as Update | undefined;
  }

  #heard(update: Update | undefined): void {
    if (!update?.state || update.handoff !== this.#kept?.key) return;
    this.on.update(update);
    if (FINAL.has(update.state)) {
      this.#close();
      this.#kept = undefined;
      this.#keep();
      this.on.line('online');
    }
  }

  #listen(): void {
    const kept = this.#kept;
    if (!kept || this.#hangUp) return;
    const hangUp = this.host.openSocket(this.url(`/${encodeURIComponent(kept.key)}/live?after=${kept.after}`), {
      open: () => {
        this.#tries = 0;
        this.on.line('online');
      },
      message: (text) => this.#frame(text),
      close: () => {
        if (this.#hangUp !== hangUp) return;
        this.#hangUp = undefined;
        this.#again();
      },
    });
    this.#hangUp = hangUp;
  }

  #frame(text: string): void {
    const kept = this.#kept;
    if (!kept) return;
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      return; // Not one of ours; the next one may be.
    }
    if (typeof frame.seq === 'number') {
      if (frame.seq <= kept.after) return;
      kept.after = frame.seq;
      this.#keep();
    }
    if (frame.type === 'state') this.#heard(frame.update);
    else if (frame.type === 'message' && frame.from === 'agent') {
      this.on.agentSays({ id: frame.id, name: frame.name, text: frame.text, t: frame.t });
    }
  }

  #again(): void {
    if (!this.#kept || this.#stopped) return;
    this.on.line(this.host.isOnline() ? 'connecting' : 'offline');
    const pause = Math.min(RETRY_FIRST * 2 ** this.#tries, RETRY_LONGEST);
    this.#tries += 1;
    clearTimeout(this.#retry);
    // Up to a quarter sooner, so that not all clients come back in the same moment.
    this.#retry = setTimeout(() => void this.#work(), pause * (1 - Math.random() / 4));
  }

  #close(): void {
    const hangUp = this.#hangUp;
    this.#hangUp = undefined;
    hangUp?.();
  }

  #keep(): void {
    if (this.#kept) this.store.set('desk', this.#kept);
    else this.store.remove('desk');
  }
}

/** The desk understood, and said no: another try would change nothing. */
class Refused extends Error {}
