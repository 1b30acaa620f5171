// What is kept on the device. Where storage is forbidden or full, memory has to do.

import type { Area } from '../platform/index.ts';

const PREFIX = 'unstuck:';

/** A small JSON store over one of the host's areas. */
export class Store {
  #memory = new Map<string, string>();

  constructor(private readonly area: Area | undefined) {}

  get<T>(key: string): T | undefined {
    try {
      const text = this.area?.getItem(PREFIX + key) ?? this.#memory.get(key);
      return text ? (JSON.parse(text) as T) : undefined;
    } catch {
      return undefined;
    }
  }

  set(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    try {
      this.area?.setItem(PREFIX + key, text);
      if (this.area) return;
    } catch {
      // Over quota: what is kept in memory lives as long as the page.
      this.remove(key);
    }
    this.#memory.set(key, text);
  }

  remove(key: string): void {
    this.#memory.delete(key);
    try {
      this.area?.removeItem(PREFIX + key);
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }

  /** Forgets everything of ours. */
  clear(): void {
    this.#memory.clear();
    try {
      for (const key of this.area?.keys() ?? []) if (key.startsWith(PREFIX)) this.area?.removeItem(key);
    } catch {
      // As above.
    }
  }
}
