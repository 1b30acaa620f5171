// The page itself: screens, scrolling, visibility, errors, and whatever moves on it.

import type { Activity, How } from '../contracts/index.ts';
import { OWN_TAG, pathOfEvent, stableId } from './element.ts';
import { isFeedback } from './feedback.ts';
import { INVALID } from './fields.ts';
import { debounce, guarded, type Recorder } from './recorder.ts';
import { pathOf, screenOf } from './route.ts';
import { eventOf, moveTo, newBurst, SCROLL_PAUSE, type Burst } from './scroll.ts';

/** Each kind of activity is reported at most this often, in ms; a tap opens the gate again. */
export const ACTIVITY_EVERY = 250;
/** Scrolling counts as the user's within this long after a wheel, touch or key, in ms. */
const SCROLL_INTENT = 1_000;
/** A search counts as done after this pause, in ms. */
export const SEARCH_PAUSE = 900;

/** Screen views, by loading, by the History API or by the hash. */
export function captureScreens(recorder: Recorder): void {
  let path = '';
  let index = historyIndex();
  const enter = (how: How) => {
    const next = pathOf(location);
    if (next === path) return;
    path = next;
    recorder.screen = screenOf(location);
    recorder.emit({ kind: 'screen', how });
  };
  const moved = guarded(() => {
    const before = index;
    index = historyIndex();
    enter(index > before ? 'forward' : 'back');
  });
  const pushed = guarded(() => {
    index = historyIndex();
    enter('forward');
  });

  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  enter(load?.type === 'reload' ? 'reload' : load?.type === 'back_forward' ? 'back' : 'forward');
  // A page that comes back from the browser's cache was left, and is entered again.
  recorder.on<PageTransitionEvent>(window, 'pageshow', ({ persisted }) => {
    if (!persisted) return;
    path = '';
    enter('back');
  });
  let popped = false;
  recorder.on(window, 'popstate', () => {
    popped = true;
    moved();
    queueMicrotask(() => (popped = false));
  });
  // A link to a hash fires popstate too, in some browsers: the index of the history tells them apart.
  recorder.on(window, 'hashchange', () => popped || pushed());
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    const wrapped: typeof original = function (this: History, ...args) {
      original.apply(this, args);
      pushed();
    };
    history[name] = wrapped;
    recorder.onStop(() => {
      if (history[name] === wrapped) history[name] = original;
    });
  }
}

/** Where the page is in the tab's history; no number, which nothing is greater than, where the browser does not say. */
function historyIndex(): number {
  const { navigation } = window as { navigation?: { currentEntry?: { index: number } | null } };
  return navigation?.currentEntry?.index ?? NaN;
}

/** Bursts of scrolling by the user, with how often they turned round. */
export function captureScrolling(recorder: Recorder, active: (what: Activity) => void): void {
  let intent = -Infinity;
  const was = new WeakMap<EventTarget, number>();
  for (const type of ['wheel', 'touchmove', 'keydown', 'mousedown']) {
    recorder.on(window, type, () => {
      intent = Date.now();
      // Not as the script is read: there the browser would lay out the page for it.
      if (!was.has(document)) was.set(document, scrollY);
    });
  }
  let burst: Burst | undefined;
  const end = debounce(SCROLL_PAUSE, () => {
    const event = eventOf(burst);
    burst = undefined;
    if (event) recorder.emit(event);
  });
  recorder.on(window, 'scroll', (event) => {
    active('scroll');
    const on = event.target ?? document;
    const at = on instanceof Element ? on.scrollTop : scrollY;
    const from = was.get(on) ?? 0;
    was.set(on, at);
    if (burst?.on !== on) {
      if (Date.now() - intent > SCROLL_INTENT) return;
      end.flush();
      burst = newBurst(on, from);
    }
    moveTo(burst, at);
    end.call();
  });
  recorder.on(window, 'pagehide', () => end.flush());
}

/** Errors of the app's code: the class, and nothing of the message. */
export function captureErrors(recorder: Recorder): void {
  const named = (error: unknown): string => {
    const name = (error as { name?: unknown } | null)?.name;
    return typeof name === 'string' && /^[\w$]{1,64}$/.test(name) ? name : '';
  };
  recorder.on<ErrorEvent>(window, 'error', (event) => {
    if (event.target === window) recorder.emit({ kind: 'js_error', class: named(event.error) || event.message.match(/^ResizeObserver/)?.[0] || 'Error' });
  });
  recorder.on<PromiseRejectionEvent>(window, 'unhandledrejection', (event) => {
    recorder.emit({ kind: 'js_error', class: named(event.reason) || 'Rejection' });
  });
}

/** Visibility, copies, and whatever moves: a throttled report for each kind of activity. */
export function captureActivity(recorder: Recorder): { active(what: Activity): void; reopen(): void } {
  const gates = new Map<Activity, number>();
  const trailing = new Set<Activity>();
  const active = (what: Activity) => {
    const wait = (gates.get(what) ?? 0) + ACTIVITY_EVERY - Date.now();
    if (wait <= 0 || wait > ACTIVITY_EVERY) {
      gates.set(what, Date.now());
      recorder.emit({ kind: 'activity', what });
    } else if (!trailing.has(what)) {
      trailing.add(what);
      setTimeout(guarded(() => {
        trailing.delete(what);
        if (!recorder.stopped) active(what);
      }), wait);
    }
  };
  recorder.on(document, 'visibilitychange', () => {
    recorder.emit({ kind: 'visibility', visible: document.visibilityState === 'visible' });
  });
  recorder.on(document, 'selectionchange', () => active('selection'));
  recorder.on(window, 'focusin', () => active('focus'));
  recorder.on(window, 'blur', (event) => event.target === window && active('focus'));
  recorder.on(window, 'beforeprint', () => active('focus'));
  for (const type of ['play', 'pause', 'seeked']) recorder.on(window, type, () => active('media'));
  recorder.on(window, 'copy', (event) => {
    const [target] = pathOfEvent(event);
    if (target) recorder.emit({ kind: 'copy', target: stableId(target) });
  });
  return { active, reopen: () => gates.clear() };
}

/** Watches the document, and the shadow roots that taps went through. */
export function captureMutations(
  recorder: Recorder,
  on: { active(what: Activity): void; refused(el: Element): void },
): { watch(path: Element[]): void } {
  const results = debounce(SEARCH_PAUSE, () => {
    const shown = document.querySelector('[data-unstuck-results]')?.getAttribute('data-unstuck-results');
    const count = Number(shown);
    if (shown && count >= 0) recorder.emit({ kind: 'search', results: count });
  });
  const observer = new MutationObserver(guarded((records: MutationRecord[]) => {
    for (const record of records) {
      const { target, attributeName, type } = record;
      if (type === 'attributes' && target instanceof Element) {
        if (attributeName === 'data-unstuck-results') results.call();
        if (becameInvalid(target, record)) on.refused(target);
      }
      record.addedNodes.forEach((node) => {
        if (!(node instanceof Element)) return;
        for (const el of [node, ...node.querySelectorAll('[data-unstuck-results],[aria-invalid]')]) {
          if (el.hasAttribute('data-unstuck-results')) results.call();
          if (el.matches(INVALID)) on.refused(el);
        }
      });
    }
    if (records.some((record) => !isFeedback(record) && counts(record.target))) on.active('dom');
  }));
  const observe = (node: Node) =>
    observer.observe(node, { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true });
  observe(document);
  recorder.onStop(() => observer.disconnect());
  recorder.on(window, 'input', (event) => {
    if (pathOfEvent(event)[0]?.closest('[data-unstuck-search]')) results.call();
  });
  return {
    watch(path) {
      for (const el of path) if (el.shadowRoot && el.tagName !== OWN_TAG) observe(el.shadowRoot);
    },
  };
}

function becameInvalid(el: Element, { attributeName, oldValue }: MutationRecord): boolean {
  if (!el.matches(INVALID)) return false;
  if (attributeName === 'aria-invalid') return !oldValue || oldValue === 'false';
  return attributeName === 'data-unstuck-code' && oldValue !== el.getAttribute('data-unstuck-code');
}

/** A clock that ticks or a banner that turns is no reaction: such places opt out of `activity`. */
function counts(node: Node): boolean {
  const el = node instanceof Element ? node : node.parentElement;
  return !el?.closest(`[data-unstuck-ignore=""],[data-unstuck-ignore~=activity],${OWN_TAG}`);
}
