// One user's session on this page: feeds the engine, does what it says, and keeps it going from
// page to page. Only this file knows all the others.

import type { Action, Config, Input, Output, Profile, Update } from '../contracts/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Sensed } from '../sensor/index.ts';
import { Conversation } from './conversation.ts';
import { DeskLine } from './desk.ts';
import { Egress } from './egress.ts';
import { Journal } from './journal.ts';
import { watchSwitch } from './kill-switch.ts';
import { EngineError, isSwitchedOff, type EngineLink } from './link.ts';
import type { Settings } from './options.ts';
import { Performer } from './perform.ts';
import type { RemoteWay } from './remote.ts';
import { Store } from './store.ts';

/** After an input, the engine's state is saved within this time, in ms. */
const SAVE_AFTER = 1_500;
/** How often a trapped engine is started again on one page. */
const RESTARTS = 2;

/** What the user chose in the widget. */
interface Chosen {
  elder?: boolean;
}

type Timeless<I = Input> = I extends { t: number } ? Omit<I, 't'> : never;

export class Session {
  readonly conversation: Conversation;
  readonly egress: Egress;
  readonly desk: DeskLine | undefined;
  readonly #journal: Journal;
  readonly #tab: Store;
  readonly #device: Store;
  /** What the user can do. */
  readonly user: Performer;
  #stopped = false;
  /** What ends with this session, beside its parts. */
  #ends: (() => void)[] = [];
  #profile: Profile;
  #link: EngineLink | undefined;
  #wake: ReturnType<typeof setTimeout> | undefined;
  #save: ReturnType<typeof setTimeout> | undefined;
  #restarts = 0;

  constructor(
    private readonly settings: Settings,
    private readonly sensor: Sensed,
    private readonly platform: Platform,
    private readonly warn: (sentence: string) => void,
    /** The page came back from the browser's cache: what is kept is newer than what is here. */
    private readonly onReturn: () => void,
    /** The bot was switched off while the session ran. */
    private readonly onOff: (error: unknown) => void,
  ) {
    this.#tab = new Store(platform.area('session'));
    this.#device = new Store(platform.area('device'));
    this.#profile = this.#device.get<Profile>('profile') ?? {};
    this.#journal = new Journal(this.#tab, platform.randomId);
    const chosen = this.#device.get<Chosen>('chosen');
    const elder = settings.elder ?? chosen?.elder ?? this.#profile.elder_mode ?? false;
    const language = settings.language ?? this.#profile.language ?? platform.language();
    this.conversation = new Conversation(this.#tab, { language, elder }, this.#journal.resumed);
    this.egress = new Egress(this.#tab, settings.beforeSend, warn);
    this.desk = settings.desk ? this.#openDesk() : undefined;
    this.user = new Performer(this, settings.tools, warn);
    for (const own of [settings.remote || settings.bundle, platform.absolute(`${settings.desk}handoffs`)]) sensor.ignoreRequests(own);
    if (settings.errorCodeField) sensor.setErrorCodeField(settings.errorCodeField);
  }

  /** Loads the engine when the page is idle; at once where a session goes on. */
  async start(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve)); // With what came before, it would be a long task on a slow device.
    if (this.#stopped) return;
    this.#watchLife();
    this.sensor.drainTo((event) => this.tell({ input: 'event', ...event }));
    this.desk?.resume();
    if (!this.#journal.resumed) await this.platform.idle(2_000);
    await this.#startEngine();
  }

  /** Tells the engine something, now. */
  say(input: Timeless): void {
    this.tell({ ...input, t: Date.now() } as Input);
  }

  /** Tells the engine something that has its time. Before it runs, the journal keeps it. */
  tell(input: Input): void {
    if (this.#stopped) return;
    this.#journal.add(input);
    if (this.#link) void this.#push(this.#link, input);
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends.splice(0)) end();
    clearTimeout(this.#wake);
    clearTimeout(this.#save);
    this.#link?.stop();
    this.#link = undefined;
    this.desk?.stop();
  }

  /** Keeps what the user chose for their next visit. */
  remember(chosen: Chosen): void {
    this.#device.set('chosen', chosen);
  }

  /** Starts the engine again after it failed to start. */
  retry(): void {
    this.conversation.change({ engine: 'starting' });
    this.#startEngine().catch((error: unknown) => this.warn(String((error as Error).message)));
  }

  /** Forgets all that was kept on the device. */
  forget(): void {
    this.#tab.clear();
    this.#device.clear();
  }

  get id(): string {
    return this.#journal.id;
  }

  get sensed(): Sensed {
    return this.sensor;
  }

  async #startEngine(): Promise<void> {
    const measured = this.platform.measure('unstuck:engine');
    const { snapshot } = this.#journal;
    const otherwise = this.platform.randomId();
    const request = { bundle: this.settings.bundle, config: this.#config(), snapshot, otherwise, remote: this.#remote() };
    try {
      const { link, answer } = await this.platform.startLink(request);
      if (this.#stopped) return link.stop();
      if (answer.wentBack) this.warn(`the bundle before goes on, because this one does not run: ${answer.wentBack}`);
      if (answer.notRestored) {
        this.warn(`the session begins anew: ${answer.notRestored}`);
        this.#journal.beginAnew(otherwise);
      }
      this.#link = link;
      for (const input of this.#journal.pending) void this.#push(link, input);
      if (!answer.restored && this.conversation.view.open) this.say({ input: 'chat', open: true });
      measured();
      this.conversation.change({ engine: 'ready' });
    } catch (error) {
      this.conversation.change({ engine: 'failed' });
      throw error;
    }
  }

  #remote(): Omit<RemoteWay, 'fail'> | undefined {
    const { remote } = this.settings;
    return remote ? { url: remote, pass: (item) => this.egress.pass(item), desk: this.desk !== undefined } : undefined;
  }

  #config(): Config {
    return {
      session: this.#journal.id,
      user: this.settings.user ?? this.#pseudonym(),
      language: this.conversation.view.language,
      unsupported: this.platform.unsupported,
      profile: { ...this.#profile, language: this.conversation.view.language, elder_mode: this.conversation.view.elder },
      explain: this.settings.explain ?? false,
    };
  }

  #pseudonym(): string {
    const kept = this.#device.get<string>('user');
    if (kept) return kept;
    const user = this.platform.randomId();
    this.#device.set('user', user);
    return user;
  }

  async #push(link: EngineLink, input: Input): Promise<void> {
    let output: Output;
    try {
      output = await link.push(input);
    } catch (error) {
      if (link === this.#link) this.#pushFailed(error, input);
      return;
    }
    if (link !== this.#link) return;
    this.#took(input, output);
    this.#save ??= setTimeout(() => void this.#saveNow(), SAVE_AFTER);
  }

  /** A refused input costs only itself; a trapped engine is started again, without what it fell over. */
  #pushFailed(error: unknown, input: Input): void {
    if (isSwitchedOff(error)) return this.onOff(error);
    const failure = error instanceof EngineError ? error.failure : undefined;
    if (!failure?.fatal) return this.warn(`an input was refused: ${String((error as Error).message)}`);
    this.#link?.stop();
    this.#link = undefined;
    this.#journal.drop(input);
    if (this.#restarts++ < RESTARTS) {
      void this.#startEngine().catch((again: unknown) => this.warn(`the engine did not come back: ${String(again)}`));
    } else {
      this.conversation.change({ engine: 'failed' });
      this.warn(`the engine stopped (${failure.message}): the page goes on without it; please report this`);
    }
  }

  #took(input: Input, output: Output): void {
    if (output.profile) {
      this.#profile = output.profile;
      this.#device.set('profile', output.profile);
    }
    clearTimeout(this.#wake);
    if (output.wake_at != null) {
      const at = output.wake_at;
      this.#wake = setTimeout(() => this.tell({ input: 'tick', t: Math.max(Date.now(), at) }), Math.max(0, at - Date.now()));
    }
    for (const action of output.actions) this.#perform(action);
    if (this.settings.explain) this.platform.explain({ input, output });
  }

  #perform(action: Action): void {
    if (!this.#journal.first(action.key)) return;
    try {
      this.user.perform(action);
    } catch (error) {
      this.warn(`the action "${action.do}" could not be done: ${String(error)}`);
    }
  }

  async #saveNow(): Promise<void> {
    clearTimeout(this.#save);
    this.#save = undefined;
    const link = this.#link;
    if (!link) return;
    const { count } = this.#journal;
    try {
      const snapshot = await link.save();
      if (link === this.#link) this.#journal.saved(snapshot, count);
    } catch (error) {
      this.warn(`the session could not be saved: ${String((error as Error).message)}`);
    }
  }

  /** What has to be done when the page goes, when it comes back, and when the bot is switched off. */
  #watchLife(): void {
    const close = () => {
      this.#journal.close();
      this.conversation.keep();
    };
    const unwatch = this.platform.onLife({
      leave: () => {
        close();
        this.sensor.hold(); // For the session that takes over if the page comes back from the cache.
      },
      hidden: () => {
        close();
        void this.#saveNow();
      },
      visible: () => this.#journal.reopen(),
      returned: this.onReturn,
    });
    this.#ends.push(unwatch);
    const { manifest, checkEvery } = this.settings;
    if (manifest) this.#ends.push(watchSwitch(manifest, checkEvery, this.platform, this.onOff));
  }

  #openDesk(): DeskLine {
    return new DeskLine(this.settings.desk, this.#tab, this.platform, {
      update: (update: Update) => this.user.deskSays(update),
      agentSays: (message) => this.user.agentSays(message),
      delivered: (id, ok) => this.conversation.amend(id, { delivery: ok ? 'sent' : 'failed' }),
      line: (line) => this.conversation.change({ line }),
    });
  }
}
