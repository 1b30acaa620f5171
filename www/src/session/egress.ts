// The one gate through which anything leaves the device, and the log that the user can see.

import type { Outgoing } from '../../../pkg/types/index.d.ts';
import type { Store } from './store.ts';

/** How many entries of the log are kept. */
export const LOG_CAP = 200;

export class Egress {
  #log: Outgoing[];

  constructor(
    private readonly store: Store,
    private readonly beforeSend: ((item: Outgoing) => Outgoing | null) | undefined,
    private readonly warn: (sentence: string) => void,
  ) {
    this.#log = store.get<Outgoing[]>('sent') ?? [];
  }

  /** What of `item` may leave; `undefined` where the integrator keeps it, or fails to say. */
  pass(item: Omit<Outgoing, 't'>): unknown {
    const dated: Outgoing = { ...item, t: Date.now() };
    let passed: Outgoing | null = dated;
    try {
      if (this.beforeSend) passed = this.beforeSend(JSON.parse(JSON.stringify(dated)) as Outgoing);
    } catch (error) {
      this.warn(`beforeSend threw ("${String(error)}"), so nothing was sent: return the item, or null to keep it here`);
      passed = null;
    }
    if (!passed) return undefined;
    this.#log = [...this.#log, passed].slice(-LOG_CAP);
    this.store.set('sent', this.#log);
    return passed.body;
  }

  get log(): readonly Outgoing[] {
    return this.#log;
  }
}
