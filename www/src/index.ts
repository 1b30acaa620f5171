// The entry of the package: `init` and nothing else.

import type { Handle, Options } from '../../pkg/types/index.d.ts';
import { webPlatform } from './platform/web.ts';
import { startSensor, type Sensor } from './sensor/index.ts';
import { isFramed, openToFrames, pageAround, type PageAround } from './session/frame.ts';
import { whenIdle } from './session/idle.ts';
import { isSwitchedOff } from './session/link.ts';
import { settingsOf, warner, type Settings } from './session/options.ts';
import { Session } from './session/session.ts';
import type { Widget } from './widget/index.ts';
import { forgetBundles } from './worker/kept.ts';
import { SwitchedOff } from './worker/manifest.ts';

let current: Handle | undefined;
/** Once switched off, it stays away until the next page. */
let switchedOff = false;

/** Starts Unstuck on this page; see the package's types for the options. */
export function init(options: Options): Handle {
  current ??= new Embed(options);
  return current;
}

class Embed implements Handle {
  readonly ready: Promise<void>;
  readonly #warn = warner();
  #settings: Settings | undefined;
  #sensor: Sensor | undefined;
  #session: Session | undefined;
  #widget: Promise<Widget> | undefined;
  /** Begins the session, if that is still to come. */
  #begin: (() => void) | undefined;
  /** What ends with this handle, beside its parts. */
  #ends: (() => void)[] = [];
  #settle: { resolve(): void; reject(error: unknown): void } | undefined;

  constructor(options: Options) {
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => undefined); // Told in the console already; not a rejection of the page's.
    try {
      if (switchedOff) throw new SwitchedOff('the bot was switched off while this page was open: it stays away until the next');
      this.#settings = settingsOf(options);
      if (this.#settings.consent === 'given') this.#start(this.#settings);
      else window.unstuckSensor?.stop();
    } catch (error) {
      this.#failed(error);
    }
  }

  track(name: string): void {
    this.#sensor?.track(name);
  }

  search(results: number): void {
    this.#sensor?.search(results);
  }

  consent(given: boolean): void {
    if (!given) return this.#forget();
    if (!this.#sensor && this.#settings) this.#start(this.#settings);
  }

  open(): void {
    this.#show(true);
  }

  close(): void {
    this.#show(false);
  }

  ask(question: string): void {
    this.open();
    this.#begun?.user.userSays(question);
  }

  human(): void {
    this.open();
    this.#begun?.user.askHuman();
  }

  setLanguage(language: 'zh' | 'en'): void {
    this.#begun?.user.setLanguage(language);
  }

  setElder(elder: boolean): void {
    this.#begun?.user.setElder(elder);
  }

  sent() {
    return this.#begun?.egress.log ?? [];
  }

  shutdown(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#session?.stop();
    this.#sensor?.stop();
    this.#widget?.then((widget) => widget.remove(), () => undefined);
    this.#begin = this.#session = this.#sensor = this.#widget = this.#settings = undefined;
    if (current === this) current = undefined;
    this.#settle?.reject(new Error('Unstuck was shut down before its engine ran'));
  }

  #start(settings: Settings): void {
    const sensor = (this.#sensor = window.unstuckSensor ?? startSensor());
    if (!isFramed()) return this.#runSoon(sensor, settings);
    void pageAround().then((around) => {
      if (this.#sensor !== sensor) return; // Shut down meanwhile.
      if (around) this.#join(around, sensor, settings);
      else this.#runSoon(sensor, settings);
    });
  }

  /** In a task of its own: the app's first one is long enough. */
  #runSoon(sensor: Sensor, settings: Settings): void {
    this.#ends.push(openToFrames(this, (event) => this.#begun?.tell({ input: 'event', ...event })));
    this.#begin = () => {
      this.#begin = undefined;
      try {
        this.#run(sensor, settings);
      } catch (error) {
        this.#failed(error);
      }
    };
    setTimeout(() => this.#begin?.());
  }

  /** The session, at once where something is asked of it. */
  get #begun(): Session | undefined {
    this.#begin?.();
    return this.#session;
  }

  /** In a frame: the session is that of the page around it. */
  #join({ handle, join }: PageAround, sensor: Sensor, settings: Settings): void {
    const { tell, leave } = join(() => this.shutdown());
    this.#ends.push(leave);
    addEventListener('pagehide', ({ persisted }) => persisted || leave());
    if (settings.errorCodeField) sensor.setErrorCodeField(settings.errorCodeField);
    sensor.drainTo(tell);
    for (const name of ['open', 'close', 'ask', 'human', 'setLanguage', 'setElder', 'sent'] as const) {
      Object.assign(this, { [name]: handle[name].bind(handle) });
    }
    handle.ready.then(() => this.#sensor === sensor && this.#ready(), (error: unknown) => this.#settle?.reject(error));
  }

  #run(sensor: Sensor, settings: Settings): void {
    const session = new Session(
      settings, sensor, webPlatform(sensor.fetch, settings), this.#warn, () => this.#restart(sensor, settings), (error) => this.#failed(error),
    );
    this.#session = session;
    this.#widget = this.#loadWidget(session, settings);
    this.#widget.catch((error: unknown) => this.#warn(`the widget did not load: ${String(error)}; serve widget.js beside unstuck.js`));
    session.start().then(
      () => this.#session === session && this.#ready(),
      (error: unknown) => this.#failed(error),
    );
  }

  #ready(): void {
    this.#settle?.resolve();
    window.dispatchEvent(new CustomEvent('unstuck:ready', { detail: { handle: this } }));
  }

  /** Another page went on with the session since: this one takes it up from what that one kept. */
  #restart(sensor: Sensor, settings: Settings): void {
    this.#session?.stop();
    this.#widget?.then((widget) => widget.remove(), () => undefined);
    this.#run(sensor, settings);
  }

  /** The widget is a file of its own, fetched when the page is idle. */
  async #loadWidget(session: Session, settings: Settings): Promise<Widget> {
    await whenIdle(1_000);
    // @ts-ignore: a file of its own, beside this one.
    const { mount } = (await import('./widget.js')) as typeof import('./widget/index.ts');
    await whenIdle(1_000); // To read the script and to draw would be one long task on a slow device.
    return mount(session, settings);
  }

  #show(open: boolean): void {
    this.#begun?.user.show(open);
  }

  #forget(): void {
    const session = this.#begun;
    this.shutdown();
    session?.forget();
    void forgetBundles();
  }

  #failed(error: unknown): void {
    this.#warn(error instanceof Error ? error.message : String(error));
    this.#settle?.reject(error);
    if (!isSwitchedOff(error)) return;
    switchedOff = true;
    this.shutdown();
  }
}
