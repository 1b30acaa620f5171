// What the vendors have in common, under one name. A file a vendor: wechat.ts, douyin.ts, alipay.ts.

import type { SocketListener } from '../platform/index.ts';

/** The vendor's global: `wx`, `tt` or `my`. */
export type Api = Record<string, ((...args: never[]) => unknown) | undefined>;

/** What a handler or a lifecycle function gets and returns is the app's business. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

export interface RequestOptions {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Ask for bytes and not for text. */
  bytes?: boolean;
}

export interface RequestAnswer {
  status: number;
  data: unknown;
}

/** What the app's own call of `request` came to. */
export interface Ended {
  /** 0 where nothing answered. */
  status: number;
  headers: Record<string, unknown>;
  data: unknown;
  error: string;
}

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Kept {
  get(key: string): string | undefined;
  set(key: string, text: string): void;
  remove(key: string): void;
  keys(): string[];
  /** The most characters in one value that are within the platform's limit, at three bytes each. */
  piece: number;
}

export interface Vendor {
  name: 'wechat' | 'alipay' | 'douyin';
  api: Api;
  /** Resolves for any answer of the server; rejects where there was none. */
  request(options: RequestOptions): Promise<RequestAnswer>;
  connect(url: string, on: SocketListener): () => void;
  kept: Kept;
  /** A file of the package, as `npx unstuck-mini` put it there; Alipay has scripts instead. */
  readFile(path: string): Promise<ArrayBuffer>;
  /** Of the system: `zh_CN`, `en`. */
  language(): string;
  isDark(): boolean;
  /** The height of the screen in px, and how much of its lower edge belongs to the system. */
  screen(): { height: number; inset: number };
  /** Bytes that nobody can guess, where the platform has them. */
  random(count: number): Promise<Uint8Array | undefined>;
  /** How the calls of `request` by the app end, read from what the vendor hands to the app. */
  ended: { success(answer: unknown): Ended; fail(error: unknown): Ended };
  /** A call without callbacks is answered by a promise, and must stay without them. */
  promises: boolean;
  /** Whether the platform still waits for the user's consent; `undefined` where it has no such thing. */
  needsConsent(): Promise<boolean | undefined>;
}

/** The api's function `name`, bound, or nothing: older clients lack many. */
export function method(api: Api, name: string): ((...args: unknown[]) => unknown) | undefined {
  const found = api[name] as AnyFunction | undefined;
  return typeof found === 'function' ? (...args) => found.apply(api, args) : undefined;
}

/** Calls `name` if it is there; nothing that goes wrong in it reaches the caller. */
export function ask<T>(api: Api, name: string, ...args: unknown[]): T | undefined {
  try {
    return method(api, name)?.(...args) as T | undefined;
  } catch {
    return undefined;
  }
}

interface SocketTask {
  onOpen(then: () => void): void;
  onMessage(then: (message: { data: unknown }) => void): void;
  onClose(then: () => void): void;
  onError(then: () => void): void;
  close(options: object): void;
}

/** Opens a socket with these options; `textOf` finds the text in what a message has as `data`. */
export function openSocket(api: Api, options: object, on: SocketListener, textOf: (data: unknown) => unknown): () => void {
  const task = method(api, 'connectSocket')?.({ ...options, fail: () => on.close() }) as SocketTask | undefined;
  if (!task) {
    setTimeout(() => on.close(), 0);
    return () => undefined;
  }
  task.onOpen(() => on.open());
  task.onMessage(({ data }) => on.message(String(textOf(data))));
  task.onClose(() => on.close());
  task.onError(() => on.close());
  return () => task.close({});
}

/** What `getSystemInfoSync` tells; the theme is `theme` or `colorScheme`, by the vendor. */
export interface SystemInfo {
  language?: string;
  theme?: string;
  colorScheme?: string;
  windowHeight?: number;
  screenHeight?: number;
  safeArea?: { bottom: number };
}

export function systemInfo(api: Api): SystemInfo {
  return ask<SystemInfo>(api, 'getSystemInfoSync') ?? {};
}

/** The height of the screen in px, and how much of its lower edge belongs to the system. */
export function screenOf({ windowHeight = 640, screenHeight = windowHeight, safeArea }: SystemInfo): { height: number; inset: number } {
  return { height: windowHeight, inset: safeArea ? Math.max(0, screenHeight - safeArea.bottom) : 0 };
}
