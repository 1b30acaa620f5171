// The line to the desk's server: what waits, what an agent does, and the news of what changed.

import type { Detail, Summary } from './contract.ts';

/** The first pause before the line is tried again, and the longest, in ms. */
const RETRY_FIRST = 500;
const RETRY_LONGEST = 10_000;

export type Line = 'online' | 'connecting';

/** The server understood, and said no: another try would change nothing. */
export class Refused extends Error {}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/desk/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json().catch(() => ({}))) as T & { error?: string };
  if (response.ok) return answer;
  const sentence = answer.error ?? `${response.status} ${response.statusText}`;
  throw response.status < 500 ? new Refused(sentence) : new Error(sentence);
}

const at = (key: string, rest = ''): string => `/handoffs/${encodeURIComponent(key)}${rest}`;

export const api = {
  list: () => call<{ handoffs: Summary[]; agents: string[] }>('/handoffs'),
  open: (key: string) => call<Detail>(at(key)),
  act: (key: string, what: 'take' | 'end' | 'return', agent: string) => call(at(key, `/${what}`), { agent }),
  handled: (key: string) => call(at(key, '/handled'), {}),
  say: (key: string, message: { id: string; text: string; agent: string }) => call(at(key, '/messages'), message),
};

/** Keeps the agent at the desk: while the line is open, requests find someone. */
export class Seat {
  #socket: WebSocket | undefined;
  #tries = 0;
  #retry = 0;
  #left = false;

  constructor(
    private readonly agent: string,
    private readonly on: { line(line: Line): void; changed(key: string): void },
  ) {
    addEventListener('online', this.#open);
    this.#open();
  }

  leave(): void {
    this.#left = true;
    removeEventListener('online', this.#open);
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  #open = (): void => {
    clearTimeout(this.#retry);
    if (this.#left || this.#socket) return;
    const url = new URL(`/desk/api/live?agent=${encodeURIComponent(this.agent)}`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#tries = 0;
      this.on.line('online');
      this.on.changed('');
    });
    socket.addEventListener('message', ({ data }) => {
      const news = JSON.parse(String(data)) as { key: string };
      this.on.changed(news.key);
    });
    socket.addEventListener('close', () => {
      this.#socket = undefined;
      if (this.#left) return;
      this.on.line('connecting');
      this.#retry = window.setTimeout(this.#open, Math.min(RETRY_FIRST * 2 ** this.#tries++, RETRY_LONGEST));
    });
  };
}
