// The sensor of a mini-program: wraps what registers the app, its pages and components, and the
// requests, before the app uses them. It makes the events that the browser's sensor makes.

import type { Activity, SignalKind } from '../../contracts/index.ts';
import { guarded, quietly, Recorder } from '../../sensor/recorder.ts';
import type { Sensed } from '../../sensor/index.ts';
import { ACTIVITY_EVERY } from '../../sensor/page.ts';
import { ask, type Vendor } from '../vendor.ts';
import { Handlers } from './handlers.ts';
import { captureReactions, captureRequests } from './calls.ts';
import { Screens } from './screens.ts';
import { wrapRegistration } from './wrap.ts';

export interface CaptureOptions {
  /** The playbook's screen for a page's route; any other is `/` and the route. */
  screens: Record<string, string>;
  /** The playbook's id for an element's. */
  targets: Record<string, string>;
  errorCodeField: string;
  /** Names of data whose change is no reaction to a tap: a clock, a banner that turns. */
  ignoreData: string[];
}

export interface Capture extends Sensed {
  /** Before this is called with `true` nothing is seen. */
  allow(given: boolean): void;
  /** The app told the user that a field is wrong. */
  refused(field: string, code: string): void;
  /** Calls back at each use of an element with an id: a guide waits for it. */
  onUse(used: (target: string) => void): void;
  /** Calls back at what the user does before anything may be seen: something to ask the platform at. */
  onFirst(did: () => void): void;
  /** What could not be wrapped, in signals. */
  unsupported: SignalKind[];
}

/** What all parts of it share. */
export class Seen {
  readonly recorder = new Recorder();
  allowed = false;
  used: (target: string) => void = () => undefined;
  /** The user did something; before consent nothing more is known of it. */
  did: () => void = () => undefined;
  #gates = new Map<Activity, number>();

  constructor(readonly options: CaptureOptions) {}

  /** Something moved; a tap opens the gate again. */
  active(what: Activity): void {
    const now = Date.now();
    if (!this.allowed || now - (this.#gates.get(what) ?? 0) < ACTIVITY_EVERY) return;
    this.#gates.set(what, now);
    this.recorder.emit({ kind: 'activity', what });
  }

  reopen(): void {
    this.#gates.clear();
  }

  emit(happening: Parameters<Recorder['emit']>[0]): void {
    if (this.allowed && !this.recorder.stopped) this.recorder.emit(happening);
  }
}

/** Wraps at once; sees nothing until it is allowed to. */
export function startCapture(vendor: Vendor, options: CaptureOptions, warn: (sentence: string) => void): Capture {
  const seen = new Seen(options);
  const { recorder } = seen;
  const screens = new Screens(seen);
  const handlers = new Handlers(seen, screens);
  const own: string[] = [];
  const unsupported: SignalKind[] = [];
  if (!wrapRegistration(seen, screens, handlers)) {
    warn('Page and Component could not be wrapped, so taps are not seen: require unstuck in the first line of app.js');
  }
  captureReactions(vendor, seen);
  if (!captureRequests(vendor, seen, own)) {
    unsupported.push('dead_click', 'slow_response', 'repeated_failure');
    warn(`${vendor.name}'s request could not be wrapped, so calls are not seen: require unstuck before any other library that wraps it`);
  }
  captureErrors(vendor, seen);
  captureVisibility(vendor, seen);
  return {
    unsupported,
    allow(given) {
      seen.allowed = given;
      if (given) quietly(() => screens.enter());
    },
    onFirst: (did) => void (seen.did = did),
    onUse: (used) => void (seen.used = used),
    refused: (field, code) => seen.emit({ kind: 'validation_error', field, code }),
    drainTo: (sink) => recorder.drainTo(sink),
    hold: () => recorder.hold(),
    ignoreRequests: (prefix) => void own.push(prefix),
    setErrorCodeField: (field) => void (options.errorCodeField = field),
    track: (name) => seen.emit({ kind: 'custom', name: String(name) }),
    search: (results) => seen.emit({ kind: 'search', results: Number(results) || 0 }),
    help: () => seen.emit({ kind: 'help' }),
    screen: () => recorder.screen,
    stop() {
      seen.allowed = false;
      recorder.stop();
    },
  };
}

/** Of an error the app gets its message and where it was: only the class is kept. */
function captureErrors({ api }: Vendor, seen: Seen): void {
  const named = (error: unknown) => {
    const { message, stack } = (error ?? {}) as { message?: unknown; stack?: unknown };
    // WeChat puts its own name before that of the class.
    return /\b(?!MiniProgram)([A-Z]\w{0,40}Error)\b/.exec(String(message ?? error) + String(stack ?? ''))?.[1] ?? 'Error';
  };
  ask(api, 'onError', guarded((error: unknown) => seen.emit({ kind: 'js_error', class: named(error) })));
  ask(api, 'onUnhandledRejection', guarded((event: { reason?: unknown }) => seen.emit({ kind: 'js_error', class: named(event?.reason) })));
}

function captureVisibility({ api }: Vendor, seen: Seen): void {
  ask(api, 'onAppShow', guarded(() => seen.emit({ kind: 'visibility', visible: true })));
  ask(api, 'onAppHide', guarded(() => seen.emit({ kind: 'visibility', visible: false })));
}
