// A stand-in for WeChat's logic layer: a realm without what WeChat lacks, `wx`, pages, components and
// storage with their limits. It runs the example app as the vendor's tool would lay it out.

import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { dirname, join, posix } from 'node:path';
import vm from 'node:vm';
import { brotliDecompressSync } from 'node:zlib';
import WebSocket from 'ws';

/** Time runs this much faster than on the wall: people are slow. */
export const SPEED = 8;
const KEY_BYTES = 1024 * 1024;
const ALL_BYTES = 10 * 1024 * 1024;
/** What WeChat's `define` hides from modules. */
const HIDDEN = 'window,document,frames,self,location,navigator,localStorage,history,Caches,screen,alert,confirm,prompt,XMLHttpRequest,WebSocket,Reporter,webkit,WeixinJSCore,globalThis';
const GONE = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'escape', 'unescape', 'console'];

/** Files of the package: `read(path)` gives bytes or throws. */
export function packageOf(folders) {
  return (path) => {
    const clean = posix.normalize(path).replace(/^\//, '');
    for (const [prefix, folder] of folders) {
      if (clean.startsWith(prefix)) return readFileSync(join(folder, clean.slice(prefix.length)));
    }
    throw new Error(`no such file ${path}`);
  };
}

export class WeChat {
  warnings = [];
  uncaught = [];
  pages = [];
  requests = [];
  storage;
  #timers = new Set();
  #sockets = new Set();
  #modules = new Map();
  #registered = new Map();
  #loading = '';
  #born = Date.now();

  /** `os`: `ios` drops exported Globals and has no JIT of its own; `privacy`: what `getPrivacySetting` says. */
  constructor({ read, os = 'android', storage = new Map(), language = 'zh_CN', privacy = false, wasm = true, base = (api) => api, tamper = (bytes) => bytes, theme = 'light' }) {
    Object.assign(this, { read, os, storage, language, privacy, tamper, theme, life: { show: [], hide: [], error: [], network: [] } });
    this.context = vm.createContext({}, { codeGeneration: { strings: false, wasm: true } });
    this.run = (code) => vm.runInContext(code, this.context);
    for (const name of GONE) this.run(`delete globalThis.${name}`);
    Object.assign(this.context, {
      console: { log() {}, info() {}, warn: (...words) => this.warnings.push(words.join(' ')), error: (...words) => this.warnings.push(words.join(' ')) },
      setTimeout: (f, ms = 0, ...args) => this.#timer(setTimeout, f, ms, args),
      setInterval: (f, ms = 0, ...args) => this.#timer(setInterval, f, ms, args),
      clearTimeout: (timer) => clearTimeout(timer),
      clearInterval: (timer) => clearInterval(timer),
      wx: base(this.#api()),
      App: (options) => void (this.app = options),
      getApp: () => this.app,
      Page: (options) => void this.#registered.set(this.#loading, options),
      Component: (options) => void this.#registered.set(this.#loading, options),
      getCurrentPages: () => this.pages.map(({ page }) => page),
    });
    if (wasm) this.context.WXWebAssembly = { instantiate: (path, imports) => this.#instantiate(path, imports) };
    this.now = () => this.#born + (Date.now() - this.#born) * SPEED;
    this.context.__now = this.now;
    this.run('{ const now = __now; Date.now = () => Math.floor(now()); delete globalThis.__now; }');
  }

  // ---- the app ----

  async start() {
    const { pages } = JSON.parse(this.read('app.json'));
    this.#require('app.js');
    for (const name of ['onLaunch', 'onShow']) this.app?.[name]?.({});
    for (const show of this.life.show) show({});
    await this.open(pages[0]);
  }

  async open(route) {
    const top = this.pages[this.pages.length - 1];
    if (top) this.#hide(top);
    const entry = this.#mount(route);
    this.pages.push(entry);
    entry.page.onLoad?.({});
    this.#show(entry);
    await this.settle();
  }

  async back() {
    const entry = this.pages.pop();
    entry.page.onUnload?.();
    entry.widget?.options.lifetimes.detached.call(entry.widget.instance);
    this.#show(this.pages[this.pages.length - 1]);
    await this.settle();
  }

  get page() {
    return this.pages[this.pages.length - 1].page;
  }

  /** The component's data on the page that is shown. */
  get widget() {
    return this.pages[this.pages.length - 1].widget.instance.data;
  }

  /** Uses an element of the page by its stable id, through the markup's own handler. */
  async use(id, type, detail = {}) {
    const { page } = this;
    const markup = String(this.read(`${page.route}.wxml`));
    const tag = markup.match(/<[a-z][^>]*>/g).find((t) => t.includes(`data-unstuck="${id}"`));
    if (!tag) throw new Error(`${page.route} has no ${id}`);
    const attributes = Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const dataset = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('data-')) dataset[name.slice(5).replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = value;
    }
    const handler = attributes[`bind${type}`];
    if (!handler) return;
    const event = { type, timeStamp: this.now() - this.#born, target: { id: attributes.id ?? '', dataset }, currentTarget: { id: attributes.id ?? '', dataset }, detail };
    await page[handler](this.inside(event));
    await this.settle();
  }

  /** Taps in the component. */
  async tapWidget(name, dataset = {}, detail = { x: 1, y: 1 }) {
    const { widget } = this.pages[this.pages.length - 1];
    widget.instance[name](this.inside({ type: 'tap', currentTarget: { id: '', dataset }, detail }));
    await this.settle();
  }

  async hide() {
    for (const hide of this.life.hide) hide({});
    await this.settle(60);
  }

  /** The process ends: only storage stays. */
  async kill() {
    this.dead = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) socket.terminate();
    await this.settle();
  }

  /** A while of the app's time. */
  pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms / SPEED));
  }

  settle(ms = 10) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  async until(what, test, ms = 20_000) {
    const end = Date.now() + ms;
    for (;;) {
      const found = await test();
      if (found) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; console: ${this.warnings.join(' | ')}; thrown: ${this.uncaught.join(' | ')}`);
      await this.settle(20);
    }
  }

  /** A copy that belongs to the app's realm, as everything is that crosses the bridge. */
  inside(value) {
    return value === undefined ? undefined : this.run(`(${JSON.stringify(value)})`);
  }

  // ---- modules ----

  #require(path) {
    const clean = posix.normalize(path).replace(/^\//, '');
    if (this.#modules.has(clean)) return this.#modules.get(clean).exports;
    const module = this.run('({ exports: {} })');
    this.#modules.set(clean, module);
    const folder = dirname(clean);
    const resolve = (name) => (name.startsWith('/') ? name.slice(1) : name.startsWith('.') ? posix.join(folder, name) : `miniprogram_npm/${name}/index.js`);
    const require = (name) => this.#require(resolve(name));
    require.async = (name) => new Promise((done, fail) => setTimeout(() => {
      try {
        done(this.#require(resolve(name)));
      } catch (error) {
        fail(this.inside({ errMsg: String(error.message), mod: name }));
      }
    }, 1));
    const make = this.run(`(function(require, module, exports, ${HIDDEN}) {"use strict";${this.read(clean)}\n})`);
    make(require, module, module.exports);
    return module.exports;
  }

  #mount(route) {
    const register = (path) => {
      if (!this.#registered.has(path)) {
        this.#loading = path;
        this.#require(`${path}.js`);
      }
      return this.#registered.get(path);
    };
    const page = this.#instance(register(route));
    page.route = route;
    const uses = JSON.parse(this.read('app.json')).usingComponents?.unstuck;
    if (!uses || !/<unstuck/.test(this.read(`${route}.wxml`))) return { page };
    const options = register(`miniprogram_npm/${uses}`);
    const instance = this.#instance({ data: options.data, ...options.methods });
    options.lifetimes.attached.call(instance);
    return { page, widget: { options, instance } };
  }

  #instance({ data = {}, ...functions }) {
    const instance = this.run('({})');
    Object.assign(instance, functions);
    instance.data = this.inside(data);
    instance.setData = (patch) => {
      // Data crosses to the view as JSON: what JSON cannot say, the view never gets.
      for (const [key, value] of Object.entries(JSON.parse(JSON.stringify(patch)))) instance.data[key] = this.inside(value) ?? value;
    };
    return instance;
  }

  #show({ page, widget }) {
    page.onShow?.();
    widget?.options.pageLifetimes.show.call(widget.instance);
  }

  #hide({ page, widget }) {
    page.onHide?.();
    widget?.options.pageLifetimes.hide.call(widget.instance);
  }

  // ---- the platform ----

  #timer(set, f, ms, args) {
    const timer = set(() => {
      if (this.dead) return;
      try {
        f(...args);
      } catch (error) {
        this.uncaught.push(String(error?.stack ?? error));
        for (const then of this.life.error) then(String(error));
      }
    }, ms / SPEED);
    this.#timers.add(timer);
    return timer;
  }

  async #instantiate(path, imports) {
    if (typeof path !== 'string') throw this.inside({ errMsg: 'instantiate:fail path must be a string' });
    let bytes;
    try {
      bytes = this.tamper(this.read(path), path);
    } catch {
      throw this.inside({ errMsg: `WXWebAssembly.instantiate:fail file not found ${path}` });
    }
    if (path.endsWith('.br')) bytes = brotliDecompressSync(bytes);
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    if (this.os !== 'ios') return { instance };
    const kept = Object.entries(instance.exports).filter(([, value]) => !(value instanceof WebAssembly.Global));
    return { instance: { exports: Object.fromEntries(kept) } };
  }

  #bytes(buffer) {
    const inside = this.run(`new ArrayBuffer(${buffer.length})`);
    new Uint8Array(inside).set(buffer);
    return inside;
  }

  /** Properties of `wx` have a getter and no setter. */
  #api() {
    const later = (then, value) => setTimeout(() => !this.dead && then?.(value), 1);
    const functions = {
      request: (options) => this.#request(options),
      connectSocket: (options) => this.#socket(options),
      getStorageSync: (key) => this.storage.get(key) ?? '',
      setStorageSync: (key, data) => this.#keep(key, data),
      removeStorageSync: (key) => void this.storage.delete(key),
      getStorageInfoSync: () => this.inside({ keys: [...this.storage.keys()] }),
      getFileSystemManager: () => ({
        readFile: (options) => this.#readFile(options, (bytes) => bytes),
        readCompressedFile: (options) => this.#readFile(options, brotliDecompressSync),
      }),
      getSystemInfoSync: () => this.inside({ language: this.language, theme: this.theme, windowHeight: 640, screenHeight: 700, safeArea: { bottom: 680 }, SDKVersion: '3.0.0', platform: this.os }),
      getRandomValues: ({ length, success }) => later(success, { randomValues: this.#bytes(webcrypto.getRandomValues(new Uint8Array(length))) }),
      getPrivacySetting: ({ success }) => later(success, this.inside({ needAuthorization: this.privacy, privacyContractName: 'x' })),
      onAppShow: (then) => this.life.show.push(then),
      onAppHide: (then) => this.life.hide.push(then),
      offAppShow: () => undefined,
      offAppHide: () => undefined,
      onError: (then) => this.life.error.push(then),
      onUnhandledRejection: () => undefined,
      onNetworkStatusChange: (then) => this.life.network.push(then),
      onThemeChange: () => undefined,
      offThemeChange: () => undefined,
      navigateTo: ({ url }) => void this.open(url.replace(/^\//, '')),
      redirectTo: ({ url }) => {
        this.pages.pop();
        void this.open(url.replace(/^\//, ''));
      },
      navigateBack: () => void this.back(),
      showToast: () => undefined,
      setClipboardData: () => undefined,
      pageScrollTo: () => undefined,
      createSelectorQuery: () => this.#query(),
    };
    const api = this.run('({})');
    for (const [name, value] of Object.entries(functions)) Object.defineProperty(api, name, { get: () => value, enumerable: true, configurable: true });
    return api;
  }

  #query() {
    let wanted = '';
    const query = {
      select: (selector) => ((wanted = selector), query),
      boundingClientRect: () => query,
      exec: (then) => setTimeout(() => {
        const there = String(this.read(`${this.page.route}.wxml`)).includes(`id="${wanted.slice(1)}"`);
        then([there ? this.inside({ left: 16, top: 120, width: 340, height: 48 }) : null]);
      }, 2),
    };
    return query;
  }

  #keep(key, data) {
    const size = (k, value) => Buffer.byteLength(k) + Buffer.byteLength(JSON.stringify(value));
    if (size(key, data) > KEY_BYTES) throw this.inside({ errMsg: 'setStorageSync:fail:entry size limit reached' });
    let all = size(key, data);
    for (const [k, value] of this.storage) if (k !== key) all += size(k, value);
    if (all > ALL_BYTES) throw this.inside({ errMsg: 'setStorageSync:fail:total size limit reached' });
    this.storage.set(key, data);
  }

  #readFile({ filePath, encoding, success, fail }, decode) {
    setTimeout(() => {
      if (this.dead) return;
      try {
        const bytes = decode(this.tamper(this.read(filePath), filePath));
        success({ data: encoding ? bytes.toString(encoding) : this.#bytes(bytes) });
      } catch (error) {
        fail(this.inside({ errMsg: `readFile:fail no such file or directory ${filePath}` }));
      }
    }, 1);
  }

  #request({ url, method = 'GET', data, header = {}, dataType = 'json', responseType = 'text', success, fail, complete }) {
    const body = data === undefined || method === 'GET' ? undefined : typeof data === 'string' ? data : JSON.stringify(data);
    this.requests.push({ url, method, body });
    if (this.offline) {
      setTimeout(() => fail?.(this.inside({ errMsg: 'request:fail' })), 2);
      return {};
    }
    fetch(url, { method, headers: { ...header }, body }).then(
      async (response) => {
        const bytes = Buffer.from(await response.arrayBuffer());
        if (this.dead) return;
        let answer = bytes.toString();
        if (dataType === 'json') try { answer = this.inside(JSON.parse(answer)); } catch { /* text it is */ }
        success?.({ statusCode: response.status, data: responseType === 'arraybuffer' ? this.#bytes(bytes) : answer, header: this.inside(Object.fromEntries(response.headers)) });
        complete?.({});
      },
      (error) => !this.dead && (fail?.(this.inside({ errMsg: `request:fail ${error.message}` })), complete?.({})),
    );
    return {};
  }

  #socket({ url }) {
    const socket = new WebSocket(url);
    this.#sockets.add(socket);
    const on = (type, then) => socket.on(type, (...args) => !this.dead && then(...args));
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
