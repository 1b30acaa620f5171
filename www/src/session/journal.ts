// How a session goes on over pages: the engine's last snapshot, and the inputs since then.

import type { Input } from '../contracts/index.ts';
import type { Store } from './store.ts';

/** How many inputs are kept since the last snapshot, and how many keys of actions already done. */
export const JOURNAL_CAP = 2_000;
export const PERFORMED_CAP = 400;

interface Kept {
  /** The session's id. */
  id: string;
  /** Inputs so far, in the whole session. */
  count: number;
  snapshot?: string | undefined;
  /** The inputs after the snapshot. */
  inputs: Input[];
  /** Keys of the actions already performed: replaying an input must not do a thing twice. */
  performed: string[];
  /** The page was left in order. A tab that was duplicated finds `false`, and begins anew. */
  closed: boolean;
}

export class Journal {
  #kept: Kept;
  /** `#kept.inputs[0]` is input number `#from`. */
  #from: number;
  /** How many of the inputs came from the page before. */
  #carried: number;
  #leaving = false;
  readonly resumed: boolean;

  constructor(private readonly store: Store, newId: () => string) {
    const kept = store.get<Kept>('session');
    this.resumed = !!kept?.closed && Array.isArray(kept.inputs);
    this.#kept = this.resumed ? kept! : { id: newId(), count: 0, inputs: [], performed: [], closed: false };
    this.#carried = this.#kept.inputs.length;
    this.#from = this.#kept.count - this.#carried;
    this.#write();
  }

  get id(): string {
    return this.#kept.id;
  }

  get snapshot(): string | undefined {
    return this.#kept.snapshot;
  }

  /** The inputs that the snapshot does not know of, in order. */
  get pending(): readonly Input[] {
    return this.#kept.inputs;
  }

  /** Notes an input before the engine gets it; returns how many there are now. */
  add(input: Input): number {
    this.#kept.inputs.push(input);
    if (this.#kept.inputs.length > JOURNAL_CAP) {
      this.#kept.inputs.shift();
      this.#from += 1;
      this.#carried = Math.max(0, this.#carried - 1);
    }
    return ++this.#kept.count;
  }

  /** The engine's state after the first `count` inputs is `snapshot`. */
  saved(snapshot: string, count: number): void {
    const done = count - this.#from;
    if (done < 0) return;
    this.#kept.inputs.splice(0, done);
    this.#carried = Math.max(0, this.#carried - done);
    this.#from = count;
    this.#kept.snapshot = snapshot;
    this.#write();
  }

  /** The snapshot does not fit: a new session begins with what happened on this page. */
  beginAnew(id: string): void {
    const inputs = this.#kept.inputs.slice(this.#carried);
    this.#kept = { id, count: inputs.length, inputs, performed: [], closed: false };
    this.#from = 0;
    this.#carried = 0;
    this.#write();
  }

  /** The engine fell over this input: it is not replayed. */
  drop(input: Input): void {
    const at = this.#kept.inputs.indexOf(input);
    if (at >= 0) this.#kept.inputs.splice(at, 1);
    if (at >= 0) this.#kept.count -= 1;
  }

  get count(): number {
    return this.#kept.count;
  }

  /** Whether an action is to be performed: true once for each key. */
  first(key: string): boolean {
    if (this.#kept.performed.includes(key)) return false;
    this.#kept.performed.push(key);
    if (this.#kept.performed.length > PERFORMED_CAP) this.#kept.performed.shift();
    return true;
  }

  /** The page is being left: all that is needed to go on is written, synchronously. */
  close(): void {
    this.#leaving = true;
    this.#write();
  }

  /** The page is used again after all. */
  reopen(): void {
    this.#leaving = false;
    this.#write();
  }

  #write(): void {
    this.#kept.closed = this.#leaving;
    this.store.set('session', this.#kept);
  }
}
