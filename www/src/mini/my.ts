// Alipay's API.

import type { SocketListener } from '../platform/index.ts';
import { ask, method, type Api, type Ended, type RequestAnswer, type RequestOptions, type Vendor } from './vendor.ts';

/** 200 KB a key, at three bytes a character at most. */
const PIECE = 60_000;

interface SystemInfo {
  language?: string;
  colorScheme?: string;
  windowHeight?: number;
  screenHeight?: number;
  safeArea?: { bottom: number };
}

interface SocketTask {
  onOpen(then: () => void): void;
  onMessage(then: (message: { data: unknown }) => void): void;
  onClose(then: () => void): void;
  onError(then: () => void): void;
  close(options: object): void;
}

export function alipay(my: Api): Vendor {
  // Taken before anything is wrapped: what goes this way is not the app's.
  const send = method(my, 'request');
  const info = () => ask<SystemInfo>(my, 'getSystemInfoSync') ?? {};
  return {
    name: 'alipay',
    api: my,
    request: (options) => request(send, options),
    connect: (url, on) => connect(my, url, on),
    kept: {
      get: (key) => (method(my, 'getStorageSync')?.({ key }) as { data?: string } | undefined)?.data || undefined,
      set(key, data) {
        // Some versions answer with an error, and some throw it.
        const { error, errorMessage } = (method(my, 'setStorageSync')?.({ key, data }) ?? {}) as { error?: number; errorMessage?: string };
        if (error) throw new Error(errorMessage ?? `setStorageSync: ${error}`);
      },
      remove: (key) => void method(my, 'removeStorageSync')?.({ key }),
      keys: () => ask<{ keys: string[] }>(my, 'getStorageInfoSync')?.keys ?? [],
      piece: PIECE,
    },
    // Files of the package are scripts there, and come by another way: worker-thread.ts.
    readFile: (path) => Promise.reject(new Error(`${path} is no script`)),
    language: () => info().language ?? '',
    isDark: () => info().colorScheme === 'dark',
    screen() {
      const { windowHeight = 640, screenHeight = windowHeight, safeArea } = info();
      return { height: windowHeight, inset: safeArea ? Math.max(0, screenHeight - safeArea.bottom) : 0 };
    },
    // Only its Worker has a source.
    random: () => Promise.resolve(undefined),
    ended: { success: endOf, fail: endOf },
    promises: true,
    // It has no such question: the app asks its user, and tells by `consent`.
    needsConsent: () => Promise.resolve(undefined),
  };
}

/** An HTTP error comes as a failure that has a status. */
function endOf(answer: unknown): Ended {
  const { status = 0, headers = {}, data, error, errorMessage } = (answer ?? {}) as { status?: number; headers?: Ended['headers']; data?: unknown; error?: number; errorMessage?: string };
  // 13 is its code for a time-out.
  return { status: Number(status) || 0, headers, data, error: error === 13 ? 'timeout' : (errorMessage ?? '') };
}

function request(send: ((options: object) => unknown) | undefined, { url, method: verb = 'GET', headers, body, bytes }: RequestOptions): Promise<RequestAnswer> {
  return new Promise((resolve, reject) => {
    if (!send) return reject(new Error('there is no request on this platform'));
    send({
      url,
      method: verb,
      headers: headers ?? {},
      data: body,
      dataType: bytes ? 'arraybuffer' : 'text',
      success: ({ status, data }: { status: number; data: unknown }) => resolve({ status, data }),
      fail: (error: unknown) => {
        const { status, data, error: said } = endOf(error);
        if (status > 0) resolve({ status, data });
        else reject(new Error(said || 'the request failed'));
      },
    });
  });
}

function connect(my: Api, url: string, on: SocketListener): () => void {
  const task = method(my, 'connectSocket')?.({ url, multiple: true, fail: () => on.close() }) as SocketTask | undefined;
  if (!task) {
    setTimeout(() => on.close(), 0);
    return () => undefined;
  }
  task.onOpen(() => on.open());
  // The text lies one deeper in newer base libraries.
  task.onMessage(({ data }) => on.message(String((data as { data?: unknown } | null)?.data ?? data)));
  task.onClose(() => on.close());
  task.onError(() => on.close());
  return () => task.close({});
}
