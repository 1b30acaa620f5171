// A stand-in for the logic layer of a mini-program: a realm without what such a layer lacks, pages and
// components. It runs an example app as the vendor's tool would lay it out. Each platform's own API is in
// a file of its own.

import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import vm from 'node:vm';
import { brotliDecompressSync } from 'node:zlib';
import WebSocket from 'ws';

/** Time runs this much faster than on the wall: people are slow. */
export const SPEED = 8;
/** What a vendor's `define` hides from modules. */
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

export class Host {
  warnings = [];
  uncaught = [];
  pages = [];
  requests = [];
  storage;
  #timers = new Set();
  sockets = new Set();
  #modules = new Map();
  #registered = new Map();
  #loading = '';
  #born = Date.now();

  /** `privacy`: whether the platform still waits for the user's consent; `tamper` changes files as they are read. */
  constructor({ read, os = 'android', storage = new Map(), language = 'zh_CN', privacy = false, wasm = true, lacks = [], tamper = (bytes) => bytes, theme = 'light', extra = {} }) {
    Object.assign(this, { read, os, storage, language, privacy, wasm, lacks, tamper, theme, life: { show: [], hide: [], error: [], network: [] } });
    this.context = vm.createContext({}, { codeGeneration: { strings: false, wasm: true } });
    this.run = (code) => vm.runInContext(code, this.context);
    for (const name of GONE) this.run(`delete globalThis.${name}`);
    Object.assign(this.context, {
      console: { log() {}, info() {}, warn: (...words) => this.warnings.push(words.join(' ')), error: (...words) => this.warnings.push(words.join(' ')) },
      setTimeout: (f, ms = 0, ...args) => this.#timer(setTimeout, f, ms, args),
      setInterval: (f, ms = 0, ...args) => this.#timer(setInterval, f, ms, args),
      clearTimeout: (timer) => clearTimeout(timer),
      clearInterval: (timer) => clearInterval(timer),
      App: (options) => void (this.app = options),
      getApp: () => this.app,
      Page: (options) => void this.#registered.set(this.#loading, options),
      Component: (options) => void this.#registered.set(this.#loading, options),
      getCurrentPages: () => this.pages.map(({ page }) => page),
    });
    Object.assign(this.context, this.globals(lacks), extra);
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
    this.lives(entry.widget, 'gone');
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
    const markup = String(this.read(`${page.route}.${this.markup}`));
    const tag = markup.match(/<[a-z][^>]*>/g).find((t) => t.includes(`data-unstuck="${id}"`));
    if (!tag) throw new Error(`${page.route} has no ${id}`);
    const attributes = Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const dataset = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('data-')) dataset[name.slice(5).replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = value;
    }
    const handler = attributes[this.attribute(type)];
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

  async show() {
    for (const show of this.life.show) show({});
    await this.settle(60);
  }

  /** The process ends: only storage stays. */
  async kill() {
    this.dead = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.sockets) socket.terminate();
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
    const npm = (name) => `miniprogram_npm/${name}${name.includes('/') ? '' : '/index'}`;
    const resolve = (name) => (name.startsWith('/') ? name.slice(1) : name.startsWith('.') ? posix.join(folder, name) : npm(name)).replace(/(\.js)?$/, '.js');
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
    const given = register(route);
    // Some frameworks make a page of a component.
    const page = this.#instance(given.methods ? { data: given.data, ...given.methods } : given);
    if (given.methods) (given.lifetimes?.attached ?? given.attached)?.call(page);
    page.route = route;
    const uses = JSON.parse(this.read('app.json')).usingComponents?.unstuck;
    if (!uses || !/<unstuck/.test(this.read(`${route}.${this.markup}`))) return { page };
    const options = register(uses.startsWith('/') ? uses.slice(1) : `miniprogram_npm/${uses}`);
    const instance = this.#instance({ data: options.data, ...options.methods });
    const widget = { options, instance };
    this.lives(widget, 'there');
    return { page, widget };
  }

  #instance({ data = {}, ...functions }) {
    const instance = this.run('({ properties: {}, triggerEvent() {} })');
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
    this.lives(widget, 'show');
  }

  #hide({ page, widget }) {
    page.onHide?.();
    this.lives(widget, 'hide');
  }

  /** Tells a component of its life, by the platform's names. */
  lives(widget, what) {
    if (widget) this.functionsOfLife(widget.options)[what].call(widget.instance);
  }

  // ---- for the platforms ----

  later(then, value) {
    setTimeout(() => !this.dead && then?.(value), 1);
  }

  bytes(buffer) {
    const inside = this.run(`new ArrayBuffer(${buffer.length})`);
    new Uint8Array(inside).set(buffer);
    return inside;
  }

  /** What all vendors call and do alike. */
  shared() {
    return {
      onAppShow: (then) => this.life.show.push(then),
      onAppHide: (then) => this.life.hide.push(then),
      offAppShow: (then) => this.#stopTelling('show', then),
      offAppHide: (then) => this.#stopTelling('hide', then),
      onError: (then) => this.life.error.push(then),
      onNetworkStatusChange: (then) => this.life.network.push(then),
      navigateTo: ({ url }) => void this.open(url.replace(/^\//, '')),
      redirectTo: ({ url }) => {
        this.pages.pop();
        void this.open(url.replace(/^\//, ''));
      },
      navigateBack: () => void this.back(),
      showToast: () => undefined,
      pageScrollTo: () => undefined,
      createSelectorQuery: () => this.query(),
    };
  }

  /** The properties of the platforms' globals have a getter and no setter. */
  api(functions, lacks) {
    const api = this.run('({})');
    for (const [name, value] of Object.entries(functions)) {
      if (!lacks.includes(name)) Object.defineProperty(api, name, { get: () => value, enumerable: true, configurable: true });
    }
    return api;
  }

  /** A path of the package only; `.br` is decompressed; iOS hands no Globals out. */
  async instantiate(path, imports, failed) {
    if (typeof path !== 'string' || !path.startsWith('/')) throw this.inside({ errMsg: 'instantiate:fail the path must be absolute' });
    let bytes;
    try {
      bytes = this.tamper(this.read(path), path);
    } catch {
      throw this.inside({ errMsg: `instantiate:fail file not found ${path}` });
    }
    if (failed) throw failed;
    if (path.endsWith('.br')) bytes = brotliDecompressSync(bytes);
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    this.instances = (this.instances ?? 0) + 1;
    const kept = Object.entries(instance.exports).filter(([, value]) => this.os !== 'ios' || !(value instanceof WebAssembly.Global));
    const exports = Object.fromEntries(kept);
    return { instance: { exports: { ...exports, ...this.replaced?.(exports) } } };
  }

  #stopTelling(what, then) {
    this.life[what] = this.life[what].filter((told) => told !== then);
  }

  query() {
    let wanted = '';
    const query = {
      select: (selector) => ((wanted = selector), query),
      boundingClientRect: () => query,
      exec: (then) => setTimeout(() => {
        const there = String(this.read(`${this.page.route}.${this.markup}`)).includes(`id="${wanted.slice(1)}"`);
        then([there ? this.inside({ left: 16, top: 120, width: 340, height: 48 }) : null]);
      }, 2),
    };
    return query;
  }

  keep(key, data, keyBytes, allBytes) {
    const size = (k, value) => Buffer.byteLength(k) + Buffer.byteLength(JSON.stringify(value));
    let all = size(key, data);
    if (all > keyBytes) return 'entry size limit reached';
    for (const [k, value] of this.storage) if (k !== key) all += size(k, value);
    this.most = Math.max(this.most ?? 0, all);
    if (all > allBytes) return 'total size limit reached';
    this.storage.set(key, data);
    return '';
  }

  socket(url) {
    const socket = new WebSocket(url);
    this.sockets.add(socket);
    const on = (type, then) => socket.on(type, (...args) => !this.dead && then(...args));
    return { socket, on };
  }

  /** Network as such: what came, in bytes, or nothing. */
  async send(url, method, headers, data) {
    const body = data === undefined || method === 'GET' ? undefined : typeof data === 'string' ? data : JSON.stringify(data);
    this.requests.push({ url, method, body });
    if (this.offline) return undefined;
    const response = await fetch(url, { method, headers, body }).catch(() => undefined);
    return response && { status: response.status, headers: Object.fromEntries(response.headers), bytes: Buffer.from(await response.arrayBuffer()) };
  }

  decoded(bytes, as) {
    if (as === 'arraybuffer') return this.bytes(bytes);
    const text = bytes.toString();
    if (as !== 'json') return text;
    try {
      return this.inside(JSON.parse(text));
    } catch {
      return text;
    }
  }

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
}
