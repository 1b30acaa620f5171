// What the logic layer lacks. The build puts these names in where they are used: no global is touched.

/** The part of it that tools and the recorder use. */
class Abort {
  readonly signal = { aborted: false, listeners: [] as (() => void)[], addEventListener: (_: string, then: () => void) => void this.signal.listeners.push(then) };

  abort(): void {
    if (this.signal.aborted) return;
    this.signal.aborted = true;
    for (const then of this.signal.listeners) then();
  }
}

/** Enough to name the files of a bundle: `new URL('manifest.json', base).href`. */
class Url {
  readonly href: string;

  constructor(url: string, base = '') {
    const host = /^\w+:\/\/[^/]+/.exec(base)?.[0] ?? '';
    const folder = base.slice(host.length).replace(/[^/]*$/, '') || '/';
    const whole = /^\w+:\/\//.test(url) ? url : host + (url.startsWith('/') ? url : folder + url);
    const [, origin = '', path = ''] = /^(\w+:\/\/[^/]+)?(.*)$/.exec(whole) ?? [];
    const parts: string[] = [];
    for (const part of path.split('/')) {
      if (part === '..') parts.length > 1 && parts.pop();
      else if (part !== '.') parts.push(part);
    }
    this.href = origin + parts.join('/');
  }
}

export { TextDecoder, TextEncoder } from './text.ts';
export { Abort as AbortController, Url as URL };

export const queueMicrotask = (then: () => void): void => void Promise.resolve().then(then);
export const structuredClone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
export const FinalizationRegistry = undefined;

/** A trap comes from another realm, or from the vendor's own object: its name tells. */
export const WebAssembly = {
  RuntimeError: { [Symbol.hasInstance]: (error: unknown) => (error as { name?: unknown } | null)?.name === 'RuntimeError' },
};

/** The core asks for random bytes only to seed its hash tables. */
export const hostGlobal = {
  crypto: {
    getRandomValues(bytes: Uint8Array): Uint8Array {
      for (let i = 0; i < bytes.length; i++) bytes[i] = Math.random() * 256;
      return bytes;
    },
  },
};
