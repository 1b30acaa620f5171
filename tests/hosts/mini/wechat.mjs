// WeChat: `wx`, and Wasm on the logic thread. Douyin's `tt` is made after it.

import { webcrypto } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { Host } from './host.mjs';

const KEY_BYTES = 1024 * 1024;
const ALL_BYTES = 10 * 1024 * 1024;

export class WeChat extends Host {
  markup = 'wxml';

  globals(lacks) {
    const wasm = { instantiate: (path, imports) => this.instantiate(path, imports, this.wasmFails) };
    return { wx: this.api(this.functions(), lacks), ...(this.wasm ? { WXWebAssembly: wasm } : {}) };
  }

  attribute(type) {
    return `bind${type}`;
  }

  functionsOfLife({ lifetimes, pageLifetimes }) {
    return { there: lifetimes.attached, gone: lifetimes.detached, show: pageLifetimes.show, hide: pageLifetimes.hide };
  }

  functions() {
    return {
      ...this.shared(),
      request: (options) => this.#request(options),
      connectSocket: ({ url }) => this.#socket(url),
      getStorageSync: (key) => this.storage.get(key) ?? '',
      setStorageSync: (key, data) => {
        const wrong = this.keep(key, data, KEY_BYTES, this.room ?? ALL_BYTES);
        if (wrong) throw this.inside({ errMsg: `setStorageSync:fail:${wrong}` });
      },
      removeStorageSync: (key) => void this.storage.delete(key),
      getStorageInfoSync: () => this.inside({ keys: [...this.storage.keys()] }),
      getFileSystemManager: () => ({
        readFile: (options) => this.#readFile(options, (bytes) => bytes),
        ...(this.lacks.includes('readCompressedFile') ? {} : { readCompressedFile: (options) => this.#readFile(options, brotliDecompressSync) }),
      }),
      getSystemInfoSync: () => this.inside({ language: this.language, theme: this.theme, windowHeight: 640, screenHeight: 700, safeArea: { bottom: 680 }, SDKVersion: '3.0.0', platform: this.os }),
      getRandomValues: ({ length, success }) => this.later(success, { randomValues: this.bytes(webcrypto.getRandomValues(new Uint8Array(length))) }),
      getPrivacySetting: ({ success }) => this.later(success, this.inside({ needAuthorization: this.privacy, privacyContractName: '' })),
      onUnhandledRejection: () => undefined,
      onThemeChange: () => undefined,
      offThemeChange: () => undefined,
      setClipboardData: () => undefined,
    };
  }

  #readFile({ filePath, success, fail }, decode) {
    setTimeout(() => {
      if (this.dead) return;
      let data;
      try {
        data = this.bytes(decode(this.tamper(this.read(filePath), filePath)));
      } catch {
        return fail(this.inside({ errMsg: `readFile:fail no such file or directory ${filePath}` }));
      }
      success({ data });
    }, 1);
  }

  #request({ url, method = 'GET', data, header = {}, dataType = 'json', responseType = 'text', success, fail, complete }) {
    void this.send(url, method, header, data).then((answer) => {
      if (this.dead) return;
      if (answer) success?.({ statusCode: answer.status, header: this.inside(answer.headers), data: this.decoded(answer.bytes, responseType === 'arraybuffer' ? responseType : dataType) });
      else fail?.(this.inside({ errMsg: 'request:fail' }));
      complete?.(this.inside({}));
    });
    return {};
  }

  #socket(url) {
    const { socket, on } = this.socket(url);
    return {
      onOpen: (then) => on('open', () => then({})),
      onMessage: (then) => on('message', (data) => then({ data: String(data) })),
      onClose: (then) => on('close', () => then({})),
      onError: (then) => on('error', () => then({})),
      send: ({ data }) => socket.send(data),
      close: () => socket.close(),
    };
  }
}

/** Douyin: the same under other names. */
export class Douyin extends WeChat {
  markup = 'ttml';

  globals(lacks) {
    const { wx, WXWebAssembly } = super.globals(lacks);
    return { tt: wx, ...(WXWebAssembly ? { TTWebAssembly: WXWebAssembly } : {}) };
  }
}
