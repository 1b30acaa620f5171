// Alipay: `my`, no Wasm on the logic thread, and a Worker that has Wasm and nothing else.

import { webcrypto } from 'node:crypto';
import vm from 'node:vm';
import { Host } from './host.mjs';

const KEY_BYTES = 200 * 1024;
const ALL_BYTES = 10 * 1024 * 1024;

export class Alipay extends Host {
  markup = 'axml';

  globals(lacks) {
    return { my: this.api(this.functions(), lacks) };
  }

  attribute(type) {
    return `on${type[0].toUpperCase()}${type.slice(1)}`;
  }

  functionsOfLife({ didMount, didUnmount, pageEvents }) {
    return { there: didMount, gone: didUnmount, show: pageEvents.onShow, hide: pageEvents.onHide };
  }

  functions() {
    return {
      ...this.shared(),
      request: (options) => this.#request(options),
      connectSocket: ({ url }) => this.#socket(url),
      getStorageSync: ({ key }) => this.inside({ data: this.storage.get(key) ?? null, success: true }),
      setStorageSync: ({ key, data }) => {
        const wrong = this.keep(key, data, KEY_BYTES, this.room ?? ALL_BYTES);
        return this.inside(wrong ? { error: 15, errorMessage: wrong } : { success: true });
      },
      removeStorageSync: ({ key }) => void this.storage.delete(key),
      getStorageInfoSync: () => this.inside({ keys: [...this.storage.keys()] }),
      getSystemInfoSync: () => this.inside({ language: this.language.replace('zh_CN', 'zh-Hans'), colorScheme: this.theme, windowHeight: 640, screenHeight: 700, safeArea: { bottom: 680 } }),
      createWorker: (path) => this.#createWorker(path),
    };
  }

  /** An HTTP error is a failure with a status. Without callbacks a promise answers. */
  #request({ url, method = 'GET', data, headers = {}, dataType = 'json', success, fail, complete }) {
    const answered = this.send(url, method, headers, data).then((answer) => {
      if (this.dead) return new Promise(() => undefined);
      if (answer && answer.status < 400) return { status: answer.status, headers: this.inside(answer.headers), data: this.decoded(answer.bytes, dataType) };
      if (answer) throw { error: 19, errorMessage: 'http status error', status: answer.status, headers: this.inside(answer.headers), data: this.decoded(answer.bytes, dataType) };
      throw this.inside({ error: 12, errorMessage: 'network error' });
    });
    if (!success && !fail && !complete) return answered;
    answered.then((answer) => success?.(answer), (error) => fail?.(error)).finally(() => complete?.({}));
    return undefined;
  }

  #socket(url) {
    const { socket, on } = this.socket(url);
    return {
      onOpen: (then) => on('open', () => then({})),
      onMessage: (then) => on('message', (data) => then({ data: { data: String(data), isBuffer: false } })),
      onClose: (then) => on('close', () => then({})),
      onError: (then) => on('error', () => then({})),
      send: ({ data }) => socket.send(data),
      close: () => socket.close(),
    };
  }

  /** One Worker an app; messages are copied as JSON; its realm has no `my`, no timers that we count on, no `globalThis`. */
  #createWorker(path) {
    const { workers = [] } = JSON.parse(this.read('app.json'));
    if (this.worker || !workers.includes(path)) return undefined;
    const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: true } });
    for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'console']) vm.runInContext(`delete globalThis.${name}`, context);
    const toMain = [];
    const toWorker = [];
    const copy = (message) => JSON.stringify(message);
    const into = (text) => vm.runInContext(`(${text})`, context);
    const worker = { ended: false };
    const deliver = (listeners, message) => setTimeout(() => !this.dead && !worker.ended && listeners.forEach((then) => then(message())), 0);
    context.worker = {
      onMessage: (then) => void toWorker.push(then),
      postMessage: (message) => {
        const text = copy(message);
        deliver(toMain, () => this.inside(JSON.parse(text)));
      },
    };
    context.setTimeout = (f, ms) => setTimeout(() => !worker.ended && f(), ms);
    if (this.wasm) {
      context.MYWebAssembly = { instantiate: (file, imports) => this.instantiate(file, imports, this.wasmFails) };
      context.crypto = { getRandomValues: (bytes) => webcrypto.getRandomValues(bytes) };
    }
    const source = this.read(path);
    setTimeout(() => vm.runInContext(`(function(globalThis, self, window, my){"use strict";${source}\n})()`, context), 1);
    this.worker = worker;
    return {
      onMessage: (then) => void (toMain[0] = then),
      postMessage: (message) => {
        const text = copy(message);
        deliver(toWorker, () => into(text));
      },
      terminate: () => {
        worker.ended = true;
        this.worker = undefined;
      },
    };
  }
}
