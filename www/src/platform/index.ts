// What a session needs of the host that it runs in. `web.ts` is the browser's; `../mini/platform.ts` the mini-programs'.

import type { Config, Language, SignalKind } from '../contracts/index.ts';
import type { EngineLink } from '../session/link.ts';
import type { RemoteWay } from '../session/remote.ts';
import type { StartAnswer } from '../worker/protocol.ts';

/** What is used of an answer to a request. */
export interface Answer {
  ok: boolean;
  status: number;
  json(): Promise<unknown>;
}

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: { method?: string; headers?: Record<string, string>; body?: string; cache?: 'no-cache' }) => Promise<Answer>;

/** A place that keeps texts by key. Each method may throw, where storage is forbidden or full. */
export interface Area {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
  keys(): string[];
}

export interface SocketListener {
  open(): void;
  message(text: string): void;
  /** Also where it could not be opened. */
  close(): void;
}

/** What the host tells of its life. */
export interface LifeListener {
  /** It may never be seen again: what is not written now is lost. */
  leave?(): void;
  hidden(): void;
  visible(): void;
  /** It came back from a cache, and something else went on with the session since. */
  returned?(): void;
}

/** What a session wants of an engine. */
export interface EngineRequest {
  /** Where the bundle is. */
  bundle: string;
  config: Config;
  /** The engine's state when it was last saved, if there was one. */
  snapshot?: string | undefined;
  /**
   * The session's id where the snapshot does not fit: the engine counts its actions from the start
   * again, and the keys of the old session are taken.
   */
  otherwise: string;
  /** Where the integrator lets an edge function run the engine. */
  remote?: Omit<RemoteWay, 'fail'> | undefined;
}

export interface Platform {
  /** Not seen by the sensor. */
  fetch: Fetch;
  /** Opens a line to the http(s) `url`; returns how to close it. */
  openSocket(url: string, on: SocketListener): () => void;
  /** `session` lives as long as what the user is doing, `device` as long as the app is there. */
  area(life: 'session' | 'device'): Area | undefined;
  startLink(request: EngineRequest): Promise<{ link: EngineLink; answer: StartAnswer }>;
  /** The signals that this host cannot see. */
  unsupported: SignalKind[];
  /** The language of the app, or of the system. */
  language(): Language;
  isOnline(): boolean;
  /** Calls back whenever the network is there again; returns how to stop that. */
  onOnline(back: () => void): () => void;
  onLife(on: LifeListener): () => void;
  /** The next idle moment; at the latest after `timeout` ms. */
  idle(timeout: number): Promise<void>;
  /** Hard to guess: it names a session, and keys of what is done in it. */
  randomId(): string;
  /** The URL that `url` means here. */
  absolute(url: string): string;
  /** What was seen, believed and decided; only with `explain`. */
  explain(detail: unknown): void;
  /** Begins a measurement for the host's own tools; returns how to end it. */
  measure(name: string): () => void;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
