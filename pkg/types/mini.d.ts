/**
 * Unstuck in a mini-program: WeChat, Alipay, Douyin. One line in `app.js`, before anything else:
 *
 * ```js
 * require('unstuck').init({ engine: () => require.async('unstuck-engine/engine.js') });
 * ```
 *
 * and `<unstuck />` at the end of each page. All of it is asynchronous, because the platforms are.
 */
import type { Explanation, Language, Options, Outgoing } from './index';

export type { Explanation, Language, Outgoing, Tool, ToolCall, ToolResult } from './index';

/**
 * Wraps `App`, `Page`, `Component` and `request`, and starts the engine when the user's consent is
 * there. Nothing that fails in here reaches your app: one line in the console says what to do.
 */
export function init(options: MiniOptions): MiniHandle;

/** `tools`, `beforeSend`, `elder`, `position`, `launcher` and `checkEvery` are as in a page. */
export interface MiniOptions extends Pick<Options, 'tools' | 'beforeSend' | 'elder' | 'position' | 'launcher' | 'checkEvery'> {
  /**
   * Loads the engine from your subpackage: `() => require.async('unstuck-engine/engine.js')`. It is
   * you who requires it, so that the vendor's tool sees that the file is used.
   */
  engine: () => unknown;

  /** Alipay only: loads the bundle from your subpackage, `() => require.async('unstuck-engine/bundle.js')`. */
  models?: () => unknown;

  /** Alipay only: the Worker's script, as in `app.json`. Default: `unstuck-engine/worker.js`. */
  worker?: string;

  /** The engine's file in the package. Default: `/unstuck-engine/core.wasm.br`. */
  wasm?: string;

  /**
   * Where the bundle is: a folder of the package, or an `https:` URL (its host must be among the
   * request domains of your mini-program). Default: `/unstuck-engine/bundle/`.
   */
  bundle?: string;

  /**
   * The kill switch of a bundle in the package: the `https:` URL of a `manifest.json`, of which only `enabled` is
   * read. It is looked at before the engine loads, every `checkEvery` seconds, and whenever the app is shown; its
   * host must be among the request domains. Default: the one beside a `bundle` from the network, else none.
   */
  manifest?: string;

  /**
   * `platform`: capture and store nothing until the platform says that the user has agreed to the
   * privacy guide (`getPrivacySetting`); where a platform cannot say that, until
   * `handle.consent(true)`. `wait`: until `handle.consent(true)`. `given`: you have it already.
   * Default: `platform`.
   */
  consent?: 'platform' | 'given' | 'wait';

  /** The playbook's screen for each page's route: `{ 'pages/card/new': '/cards/new' }`. Default: `/` and the route. */
  screens?: Record<string, string>;

  /**
   * The playbook's id for elements whose `id` differs: `{ 'bind-submit': 'bind.submit' }`. For frameworks that
   * do not pass `data-unstuck` on. Default: the `id` as it is.
   */
  targets?: Record<string, string>;

  /** Names of page data whose change is no reaction to a tap: a countdown, a banner that turns. */
  ignoreData?: string[];

  /**
   * Lets an edge function of yours run the engine (`createHandler` of `unstuck/edge`), `https:`: for hosts
   * without Wasm. Every captured event and what the user types to the bot then leave the device. Off by
   * default.
   */
  remote?: string;

  /** Where the desk answers (`POST {desk}/handoffs`), `https:`. Without it there are no humans to talk to. */
  desk?: string;

  /** A stable pseudonym of the user. Never a name or a phone number. Default: a random one, kept on the device. */
  user?: string;

  /** The language to begin with. Default: the user's last one, else the system's. */
  language?: Language;

  /** Default: `auto`, which follows the system where the platform tells. */
  theme?: 'auto' | 'light' | 'dark';

  /** The field of your API's failed answers that holds an error code, such as `error.code`. Default: none. */
  errorCodeField?: string;

  /** Told of each input and what came of it. Default: nobody. */
  explain?: (explanation: Explanation) => void;
}

export interface MiniHandle {
  /** Resolves when the engine runs; rejects where it cannot (the app goes on without it). */
  readonly ready: Promise<void>;
  /** Tells of something in your app's own terms, by a fixed name. */
  track(name: string): Promise<void>;
  /** Tells how many results your app's search gave. */
  search(results: number): Promise<void>;
  /** Tells that your app has just said that a field is wrong: its id, and your own code for it. */
  refused(field: string, code?: string): Promise<void>;
  /** The user's answer. `false` also forgets all that was kept. */
  consent(given: boolean): Promise<void>;
  /** Opens the chat on the page that is shown. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Opens the chat with a question already asked. */
  ask(question: string): Promise<void>;
  /** Opens the chat and asks for a human. */
  human(): Promise<void>;
  setLanguage(language: Language): Promise<void>;
  setElder(elder: boolean): Promise<void>;
  /** All that left the device in this session, oldest first. */
  sent(): Promise<readonly Outgoing[]>;
  /** Stops capturing, and the engine. What was wrapped stays in place, and is silent. */
  shutdown(): Promise<void>;
}
