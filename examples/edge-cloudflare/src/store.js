// A store in Durable Objects, one a session: nothing comes between its reading and its writing. KV would not
// do: it has no compare-and-swap, and tells each place of the world at another time.

import { DurableObject } from 'cloudflare:workers';

export class Session extends DurableObject {
  async get() {
    return (await this.ctx.storage.get('value')) ?? null;
  }

  async putIf(expected, value, expires) {
    if ((await this.get()) !== expected) return false;
    await this.ctx.storage.put('value', value);
    await this.ctx.storage.setAlarm(expires);
    return true;
  }

  async alarm() {
    await this.ctx.storage.deleteAll();
  }
}

export function durableStore(sessions) {
  const of = (key) => sessions.get(sessions.idFromName(key));
  return {
    get: (key) => of(key).get(),
    putIf: (key, expected, value, expires) => of(key).putIf(expected, value, expires),
  };
}
