/**
 * Unstuck notices where people get stuck in your app, on their own device, and offers the way out.
 *
 * ```ts
 * import { init } from 'unstuck';
 *
 * const unstuck = init({ bundle: '/bundle/', desk: '/' });
 * unstuck.track('coupon_applied');
 * ```
 */

/** A language of the bot. */
export type Language = 'zh' | 'en';

/**
 * Starts Unstuck on this page and returns at once; everything heavy loads when the page is idle.
 * A second call returns the first one's handle. Nothing that fails in here reaches your page: one
 * line in the console says what to do about it.
 */
export function init(options: Options & ({ bundle: string } | { remote: string })): Handle;

export interface Options {
  /** Where the folder made by `unstuck build` is served, such as `/bundle/`. Only `remote` does without. */
  bundle?: string;

  /**
   * The URL of an edge function that runs the engine (`unstuck/edge`), for hosts that cannot. With it **raw
   * events and typed text leave the device**: see docs/edge.md. Default: none, the engine runs here.
   */
  remote?: string;

  /**
   * A stable pseudonym of the user, so that the same user is always in the same control group.
   * Never a name, a mail address or a phone number. Default: a random one, kept on the device.
   */
  user?: string;

  /** The language to begin with. Default: the user's last one, else the page's (`<html lang>`). */
  language?: Language;

  /**
   * `wait`: capture nothing and store nothing until `handle.consent(true)`.
   * Put `data-consent="wait"` on the sensor's script tag too, if you use it. Default: `given`.
   */
  consent?: 'given' | 'wait';

  /** Where the desk answers (`POST {desk}/handoffs`). Without it there are no humans to talk to. */
  desk?: string;

  /** What the bot can do in your app: one function for each tool of the playbook, by its id. */
  tools?: Record<string, Tool>;

  /**
   * Sees all that is about to leave the device: the request for a human, live messages, calls of tools,
   * and in the remote mode what the user does. Return it, changed or not, or `null` to keep it here.
   */
  beforeSend?: (item: Outgoing) => Outgoing | null;

  /** Elder mode: larger text and targets, plainer words, a human sooner. Default: what the user chose, else `false`. */
  elder?: boolean;

  /** Default: `auto`, which follows the system. */
  theme?: 'auto' | 'light' | 'dark';

  /** The corner of the launcher. Default: `right`. */
  position?: 'left' | 'right';

  /** `false` hides the launcher; open the chat by `handle.open()`. Default: `true`. */
  launcher?: boolean;

  /** Where the widget is put. Default: `document.body`. */
  container?: HTMLElement;

  /**
   * The field of your API's failed JSON answers that holds an error code, such as `error.code`.
   * Only that field is read, only of failed answers, and only if it looks like a code.
   * An `X-Error-Code` header is always read. Default: none.
   */
  errorCodeField?: string;

  /**
   * The folder that holds the package's `worker.js`, `core.wasm` and `core.simd.wasm`, where they are
   * not beside the script that you load, such as `/unstuck/`.
   */
  assets?: string;

  /**
   * What files from another origin must hash to, as in `dist/integrity.json`: `worker.js`, `core.wasm`
   * and `core.simd.wasm`. Scripts are held by `integrity` on their tag and in the import map.
   */
  integrity?: Record<string, string>;

  /**
   * How often it is asked whether the bundle is switched off, in seconds, 1 or more; also when the
   * page is looked at again. Default: 600.
   */
  checkEvery?: number;

  /** Tell what was seen and believed after each event, as `unstuck:explain`. Default: `false`. */
  explain?: boolean;
}

export interface Handle {
  /** Resolves when the engine runs; rejects where it cannot (the page goes on without it), or was shut down before. */
  readonly ready: Promise<void>;

  /** Tells of something in your app's own terms, by a fixed name: `track('coupon_applied')`. */
  track(name: string): void;

  /** Tells how many results your app's search gave. */
  search(results: number): void;

  /** The user's answer where `consent: 'wait'` was set. `false` also forgets all that was kept. */
  consent(given: boolean): void;

  /** Opens the chat. */
  open(): void;

  /** Closes the chat. */
  close(): void;

  /** Opens the chat with a question already asked. */
  ask(question: string): void;

  /** Opens the chat and asks for a human. */
  human(): void;

  /** Changes the language. */
  setLanguage(language: Language): void;

  /** Elder mode, or not: larger text and targets, plainer words, a human sooner. Remembered on the device. */
  setElder(elder: boolean): void;

  /** All that left the device in this session, oldest first. */
  sent(): readonly Outgoing[];

  /** Removes the widget, stops capturing, puts back what was wrapped. `init` may be called again. */
  shutdown(): void;
}

/** Does something in your app, or looks something up, and says how it went. */
export type Tool = (args: Record<string, string>, call: ToolCall) => Promise<ToolResult> | ToolResult;

export interface ToolCall {
  /** The same for the same call, even if it is repeated: pass it on as an idempotency key. */
  key: string;
  /** Aborted when the time allowed by the playbook is over. */
  signal: AbortSignal;
}

export interface ToolResult {
  /** One of the words that the playbook's flow goes on by, such as `sent`; `failed` for an error. */
  outcome: string;
  /** Values for the flow's slots. */
  values?: Record<string, string>;
}

/** Something that leaves the device, or left it. */
export interface Outgoing {
  /** What it is. */
  kind: 'handoff' | 'message' | 'cancel' | 'tool' | 'remote';
  /** Where it goes: a URL, or `tool:<id>`. */
  to: string;
  /** What is in it, to the letter. */
  body: unknown;
  /** When, in milliseconds since 1970. */
  t: number;
}

declare global {
  interface WindowEventMap {
    /** The engine runs. */
    'unstuck:ready': CustomEvent<{ handle: Handle }>;
    /** What was seen, believed and decided after an input; with `explain: true`. */
    'unstuck:explain': CustomEvent<Explanation>;
  }
}

/** One input of the engine and what came of it, as the playbook's tools show it. */
export interface Explanation {
  input: { input: string; t: number; [field: string]: unknown };
  output: {
    actions: { do: string; key: string; reasons: { code: string; text: string }[]; [field: string]: unknown }[];
    explain?: {
      signals: { kind: string; screen: string; target: string; count: number; at: number }[];
      stuck: number;
      step?: string | null;
      believed: { id: string; probability: number }[];
      worth: number;
      decision: string;
    } | null;
  };
}
