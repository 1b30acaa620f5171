// Alipay's API.

import { ask, method, openSocket, screenOf, systemInfo, type Api, type Ended, type RequestAnswer, type RequestOptions, type Vendor } from './vendor.ts';

/** 200 KB a key, at three bytes a character at most. */
const PIECE = 60_000;

export function alipay(my: Api): Vendor {
  // Taken before anything is wrapped: what goes this way is not the app's.
  const send = method(my, 'request');
  return {
    name: 'alipay',
    api: my,
    request: (options) => request(send, options),
    // The text lies one deeper in newer base libraries.
    connect: (url, on) => openSocket(my, { url, multiple: true }, on, (data) => (data as { data?: unknown } | null)?.data ?? data),
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
    language: () => systemInfo(my).language ?? '',
    isDark: () => systemInfo(my).colorScheme === 'dark',
    screen: () => screenOf(systemInfo(my)),
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
