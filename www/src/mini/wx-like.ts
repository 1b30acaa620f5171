// WeChat's API, which Douyin's was made after.

import { ask, method, openSocket, screenOf, systemInfo, type Api, type Ended, type Kept, type RequestAnswer, type RequestOptions, type Vendor } from './vendor.ts';

/** 1 MB a key, at three bytes a character at most. */
const PIECE = 330_000;

export function wxLike(name: 'wechat' | 'douyin', api: Api): Vendor {
  // Taken before anything is wrapped: what goes this way is not the app's.
  const send = method(api, 'request');
  return {
    name,
    api,
    request: (options) => request(send, options),
    connect: (url, on) => openSocket(api, { url }, on, (data) => data),
    kept: kept(api),
    readFile: (path) => readFile(api, path),
    language: () => systemInfo(api).language ?? '',
    isDark: () => systemInfo(api).theme === 'dark',
    screen: () => screenOf(systemInfo(api)),
    random: (count) => random(api, count),
    ended: {
      success(answer) {
        const { statusCode = 0, header = {}, data } = answer as { statusCode?: number; header?: Ended['headers']; data?: unknown };
        return { status: statusCode, headers: header, data, error: '' };
      },
      fail: (error) => ({ status: 0, headers: {}, data: undefined, error: String((error as { errMsg?: unknown } | null)?.errMsg ?? '') }),
    },
    promises: false,
    needsConsent: () => needsConsent(api),
  };
}

function request(send: ((options: object) => unknown) | undefined, { url, method = 'GET', headers, body, bytes }: RequestOptions): Promise<RequestAnswer> {
  return new Promise((resolve, reject) => {
    if (!send) return reject(new Error('there is no request on this platform'));
    send({
      url,
      method,
      header: headers ?? {},
      data: body,
      // Anything but `json` leaves the text as it is.
      dataType: 'text',
      responseType: bytes ? 'arraybuffer' : 'text',
      success: ({ statusCode, data }: { statusCode: number; data: unknown }) => resolve({ status: statusCode, data }),
      fail: ({ errMsg }: { errMsg?: string }) => reject(new Error(errMsg ?? 'the request failed')),
    });
  });
}

function kept(api: Api): Kept {
  return {
    get: (key) => (method(api, 'getStorageSync')?.(key) as string | undefined) || undefined,
    set: (key, text) => void method(api, 'setStorageSync')?.(key, text),
    remove: (key) => void method(api, 'removeStorageSync')?.(key),
    keys: () => ask<{ keys: string[] }>(api, 'getStorageInfoSync')?.keys ?? [],
    piece: PIECE,
  };
}

/** Uploads keep only files of some suffixes, `.json` and `.br` among them: so `npx unstuck-mini` compresses all but the manifest. */
function readFile(api: Api, path: string): Promise<ArrayBuffer> {
  const compressed = !path.endsWith('manifest.json');
  const name = compressed ? 'readCompressedFile' : 'readFile';
  return new Promise((resolve, reject) => {
    const files = ask<Api>(api, 'getFileSystemManager');
    const read = files && method(files, name);
    if (!read) return reject(new Error(`this base library has no ${name} (WeChat has it from 2.21.1): serve the bundle over https and give its URL as \`bundle\``));
    read({
      filePath: compressed ? `${path}.br` : path,
      ...(compressed ? { compressionAlgorithm: 'br' } : {}),
      success: ({ data }: { data: ArrayBuffer }) => resolve(data),
      fail: ({ errMsg }: { errMsg?: string }) => reject(new Error(`${path} is not in the package (${errMsg ?? 'it could not be read'}): run "npx unstuck-mini" again and upload its whole folder`)),
    });
  });
}

function random(api: Api, count: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const get = method(api, 'getRandomValues');
    if (!get) return resolve(undefined);
    get({
      length: count,
      success: ({ randomValues }: { randomValues: ArrayBuffer }) => resolve(new Uint8Array(randomValues)),
      fail: () => resolve(undefined),
    });
  });
}

function needsConsent(api: Api): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const get = method(api, 'getPrivacySetting');
    if (!get) return resolve(undefined);
    get({
      success: ({ needAuthorization }: { needAuthorization: boolean }) => resolve(needAuthorization),
      fail: () => resolve(undefined),
    });
  });
}
