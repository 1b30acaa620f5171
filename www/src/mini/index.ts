// `init` for a mini-program; each vendor's file hands its own parts in. Only this, the capture and the
// component's shell weigh on the main package: the rest comes with the engine's subpackage.

import type { MiniHandle, MiniOptions } from '../../../pkg/types/mini.d.ts';
import { warner } from '../session/options.ts';
import type { Session } from '../session/session.ts';
import { startCapture, type Capture } from './capture/index.ts';
import type { Live, LiveHost } from './live.ts';
import { miniSettings, type MiniSettings } from './options.ts';
import { ask, type Vendor } from './vendor.ts';
import type { VendorWasm } from './wasm.ts';

/** What the component draws: it waits here until there is something. */
export class Shown {
  live: Live | undefined;
  #watchers = new Set<() => void>();

  put(live: Live | undefined): void {
    this.live = live;
    for (const watcher of [...this.#watchers]) watcher();
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }
}

export function unstuckOn(vendor: Vendor, wasm: VendorWasm): { init(options?: MiniOptions): MiniHandle; shown: Shown } {
  const shown = new Shown();
  let current: Embed | undefined;
  return { init: (options) => (current ??= new Embed(vendor, wasm, shown, options)), shown };
}

class Embed implements MiniHandle {
  readonly ready: Promise<void>;
  readonly #warn = warner();
  #settle!: { resolve(): void; reject(error: unknown): void };
  #settings: MiniSettings | undefined;
  #capture: Capture | undefined;
  /** Set from the consent on. */
  #opening: Promise<void> | undefined;
  #stopped = false;

  constructor(private readonly vendor: Vendor, private readonly wasm: VendorWasm, private readonly shown: Shown, options: MiniOptions | undefined) {
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => undefined); // Told in the console already; not a rejection of the app's.
    try {
      const settings = miniSettings(options);
      const { screens, targets, ignoreData, errorCodeField = '', consent } = settings;
      this.#settings = settings;
      this.#capture = startCapture(vendor, { screens, targets, ignoreData, errorCodeField }, this.#warn);
      if (consent === 'given') this.#start();
      else if (consent === 'platform') this.#askPlatform(this.#capture);
    } catch (error) {
      this.#failed(error);
    }
  }

  async track(name: string): Promise<void> {
    this.#capture?.track(name);
  }

  async search(results: number): Promise<void> {
    this.#capture?.search(results);
  }

  async refused(field: string, code = ''): Promise<void> {
    this.#capture?.refused(field, code);
  }

  async consent(given: boolean): Promise<void> {
    if (given) return this.#start();
    await this.#opening;
    this.#pause();
    this.shown.live?.session.forget();
    this.shown.put(undefined);
    this.#opening = undefined;
  }

  async open(): Promise<void> {
    await this.#with(({ user }) => user.show(true));
  }

  async close(): Promise<void> {
    await this.#with(({ user }) => user.show(false));
  }

  async ask(question: string): Promise<void> {
    await this.#with(({ user }) => {
      user.show(true);
      user.userSays(question);
    });
  }

  async human(): Promise<void> {
    await this.#with(({ user }) => {
      user.show(true);
      user.askHuman();
    });
  }

  async setLanguage(language: 'zh' | 'en'): Promise<void> {
    await this.#with(({ user }) => user.setLanguage(language));
  }

  async setElder(elder: boolean): Promise<void> {
    await this.#with(({ user }) => user.setElder(elder));
  }

  async sent() {
    return this.shown.live?.session.egress.log ?? [];
  }

  async shutdown(): Promise<void> {
    this.#stopped = true;
    this.#pause();
    this.#capture?.stop();
    this.shown.put(undefined);
  }

  async #with(act: (session: Session) => void): Promise<void> {
    await this.#opening;
    if (this.shown.live) act(this.shown.live.session);
  }

  #pause(): void {
    this.#capture?.allow(false);
    this.#capture?.hold();
    this.shown.live?.session.stop();
  }

  /** Asked again whenever the app is shown or tapped: the user agrees in a dialogue that is not ours. */
  #askPlatform(capture: Capture): void {
    const look = async () => {
      if (this.#opening || this.#stopped) return;
      const needed = await this.vendor.needsConsent();
      if (needed === false) this.#start();
      else if (needed === undefined) this.#warn("this platform does not say whether the user has agreed to the privacy guide: nothing is captured until you call unstuck.consent(true), or set consent: 'given'");
    };
    void look();
    ask(this.vendor.api, 'onAppShow', () => void look());
    capture.onFirst(() => void look());
  }

  #start(): void {
    const { vendor, wasm } = this;
    const [settings, capture, warn] = [this.#settings, this.#capture, this.#warn];
    if (this.#stopped || this.#opening || !settings || !capture) return;
    capture.allow(true);
    this.#opening = this.#open({ vendor, wasm, settings, capture, warn, off: (error) => this.#failed(error) }).catch((error: unknown) => this.#failed(error));
  }

  async #open(host: LiveHost): Promise<void> {
    const { open } = await subpackage(host.settings);
    const live = await open(host);
    if (this.#stopped) return;
    this.shown.put(live);
    live.start().then(() => this.#settle.resolve(), (error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): void {
    const { message, kind, failure } = (error ?? {}) as { message?: string; kind?: string; failure?: { kind: string } };
    this.#warn(message ?? String(error));
    this.#settle.reject(error);
    if ((failure?.kind ?? kind) === 'off') void this.shutdown();
  }
}

/** The file of the subpackage. */
interface LiveFile {
  open(host: LiveHost): Promise<Live>;
}

const HOW = "init({ engine: () => require.async('unstuck-engine/engine.js') })";

async function subpackage({ engine }: MiniSettings): Promise<LiveFile> {
  if (!engine) throw new Error(`the engine is missing: ${HOW}`);
  let file: LiveFile | undefined;
  try {
    file = (await engine()) as LiveFile | undefined;
  } catch (error) {
    const { errMsg, message } = (error ?? {}) as { errMsg?: string; message?: string };
    throw new Error(`the engine's subpackage did not load (${message ?? errMsg ?? String(error)}): list "unstuck-engine" under subPackages in app.json; WeChat needs base library 2.17.3 for it`);
  }
  if (typeof file?.open !== 'function') throw new Error(`\`engine\` gave no engine: it must return the file that "npx unstuck-mini" wrote: ${HOW}`);
  return file;
}
