// Leads through the page, element by element: points at one, waits for it, says why it skipped it.
// Nothing is covered for the pointer: the page stays usable below the dimming.

import type { GuideView, View } from '../session/conversation.ts';
import { h } from './dom.ts';
import { findTarget } from './target.ts';
import type { Texts } from './texts.ts';

/** The space between the target and its frame, and between the frame and the popover, in px. */
const FRAME = 6;
const GAP = 12;
/** How near the frame comes to the edge of the window, in px. */
const EDGE = 3;
/** After a tap on the target, or an edit of it, the next step follows, in ms: the page reacts first. */
const AFTER_USE = 350;
/** What fades in changes no attribute when it has come. */
const SHOWN_BY = ['animationend', 'transitionend'] as const;
/** A tap into a field only begins its edit. */
const FIELDS = 'input:not([type=button],[type=submit]),select,textarea';

export interface GuideActions {
  /** The guide is at another step; `why` tells why the one before was skipped. */
  moved(guide: GuideView): void;
  went(outcome: 'done' | 'left' | 'skipped', why: string): void;
}

export class GuideOverlay {
  readonly element: HTMLElement;
  #frame = h('div', { class: 'guide-frame', ariaHidden: 'true' });
  #count = h('span', { class: 'guide-count' });
  #text = h('p', { class: 'guide-text', id: 'guide-text' });
  #note = h('p', { class: 'guide-note' });
  #next: HTMLButtonElement;
  #skip: HTMLButtonElement;
  #stop: HTMLButtonElement;
  #popover: HTMLElement;
  #guide: GuideView | null = null;
  #texts: Texts | undefined;
  #leave: AbortController | undefined;

  constructor(private readonly actions: GuideActions) {
    const button = (click: () => void, name = '') => h('button', { type: 'button', class: name, on: { click } });
    this.#next = button(() => this.#step(''), 'primary');
    this.#skip = button(() => this.#step(''));
    this.#stop = button(() => this.#end('left'), 'quiet');
    this.#popover = h(
      'section',
      { class: 'guide-popover', role: 'dialog', tabIndex: -1, aria: { describedby: 'guide-text', modal: 'false' } },
      this.#count,
      h('div', { role: 'status' }, this.#text, this.#note),
      h('div', { class: 'guide-buttons' }, this.#stop, this.#skip, this.#next),
    );
    this.element = h('div', { class: 'guide', hidden: true }, this.#frame, this.#popover);
    this.#popover.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#end('left'));
  }

  update({ guide }: View, texts: Texts): void {
    this.#texts = texts;
    const same = guide?.guide === this.#guide?.guide && guide?.at === this.#guide?.at;
    this.#guide = guide;
    if (same) return;
    this.#reset();
    if (guide) this.#show(guide, texts);
  }

  stop(): void {
    this.#reset();
  }

  #reset(): void {
    this.#leave?.abort();
    this.element.hidden = true;
  }

  #show(guide: GuideView, texts: Texts): void {
    const step = guide.steps[guide.at];
    if (!step) return this.#end(guide.shown ? 'done' : 'skipped');
    this.#leave = new AbortController();
    this.element.hidden = false;
    this.#popover.ariaLabel = texts.guide;
    this.#count.textContent = texts.guideStep(guide.at + 1, guide.steps.length);
    this.#note.textContent = guide.why ? skippedNote(guide, texts) : '';
    this.#next.textContent = guide.at + 1 === guide.steps.length ? texts.done : texts.next;
    this.#skip.textContent = texts.skip;
    this.#stop.textContent = texts.stop;
    this.#waitFor(step.target, step.text, step.wait_ms, this.#leave.signal, texts);
  }

  /** Points at the target as soon as it is there; skips the step when it does not come. */
  #waitFor(target: string, text: string, wait: number, signal: AbortSignal, texts: Texts): void {
    this.#waiting(texts);
    const look = (): boolean => {
      const found = findTarget(target);
      if ('why' in found) return false;
      this.#pointAt(found.element, text, signal);
      return true;
    };
    if (look()) return;
    const again = () => {
      if (!signal.aborted && look()) end();
    };
    const observer = new MutationObserver(again);
    const timer = setTimeout(() => {
      end();
      if (signal.aborted || look()) return;
      const found = findTarget(target);
      this.#step('why' in found ? found.why : 'target_hidden');
    }, wait);
    const end = () => {
      observer.disconnect();
      for (const type of SHOWN_BY) removeEventListener(type, again, { capture: true });
      clearTimeout(timer);
    };
    signal.addEventListener('abort', end, { once: true });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    for (const type of SHOWN_BY) addEventListener(type, again, { capture: true });
  }

  #waiting(texts: Texts): void {
    this.#frame.hidden = true;
    this.#next.hidden = true;
    this.#skip.hidden = false;
    this.#text.textContent = texts.waiting;
    this.#popover.classList.add('adrift');
    this.#popover.style.removeProperty('left');
    this.#popover.style.removeProperty('top');
  }

  #pointAt(target: Element, text: string, signal: AbortSignal): void {
    this.#text.textContent = text;
    this.#frame.hidden = false;
    this.#next.hidden = false;
    this.#skip.hidden = true;
    this.#popover.classList.remove('adrift');
    if (this.#guide) this.#guide.shown = true;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!inView(target)) target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: calm ? 'auto' : 'smooth' });
    this.#awaitUse(target, signal);
    this.#place(target, signal);
    this.#popover.focus({ preventScroll: true });
  }

  /** The user does what the step says. What follows may draw the target anew, or leave the page. */
  #awaitUse(target: Element, signal: AbortSignal): void {
    const guide = this.#guide;
    const goOn = () => {
      removeEventListener('pagehide', goOn, { capture: true });
      if (this.#guide === guide) this.#step('');
    };
    const used = () => {
      setTimeout(goOn, AFTER_USE);
      addEventListener('pagehide', goOn, { capture: true });
    };
    const inField = (event: Event) => event.composedPath().some((el) => el instanceof Element && el.matches(FIELDS));
    target.addEventListener('click', (event) => inField(event) || used(), { signal });
    target.addEventListener('change', used, { signal });
  }

  /**
   * Puts frame and popover where the target is in each frame, because it may scroll, grow or slide in
   * without an event that tells of it; waits for it again if it went.
   */
  #place(target: Element, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (!target.isConnected) return this.#lost();
    const box = target.getBoundingClientRect();
    const [left, top] = [Math.max(EDGE, box.left - FRAME), Math.max(EDGE, box.top - FRAME)];
    move(this.#frame, left, top);
    this.#frame.style.width = `${Math.min(innerWidth - EDGE, box.right + FRAME) - left}px`;
    this.#frame.style.height = `${Math.min(innerHeight - EDGE, box.bottom + FRAME) - top}px`;
    const { width, height } = this.#popover.getBoundingClientRect();
    const below = box.bottom + FRAME + GAP;
    const above = box.top - FRAME - GAP - height;
    const y = below + height <= innerHeight - GAP || above < GAP ? below : above;
    const x = box.left + box.width / 2 - width / 2;
    move(this.#popover, clamp(x, GAP, innerWidth - width - GAP), clamp(y, GAP, innerHeight - height - GAP));
    requestAnimationFrame(() => this.#place(target, signal));
  }

  #lost(): void {
    const step = this.#guide?.steps[this.#guide.at];
    if (!this.#guide || !step || !this.#texts) return;
    this.#reset();
    this.#show(this.#guide, this.#texts);
  }

  /** On to the next step; `why` where this one could not be shown. */
  #step(why: '' | 'target_missing' | 'target_hidden'): void {
    const guide = this.#guide;
    if (!guide) return;
    if (guide.at + 1 >= guide.steps.length) {
      return this.#end(guide.shown ? 'done' : 'skipped', why || guide.why);
    }
    this.actions.moved({ ...guide, at: guide.at + 1, why });
  }

  #end(outcome: 'done' | 'left' | 'skipped', why = ''): void {
    this.actions.went(outcome, why);
  }
}

function skippedNote({ at, why }: GuideView, texts: Texts): string {
  return why === 'target_hidden' ? texts.skippedHidden(at) : texts.skippedMissing(at);
}

function inView(el: Element): boolean {
  const { top, bottom } = el.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

function move(el: HTMLElement, left: number, top: number): void {
  el.style.left = `${left}px`;
  el.style.top = `${top}px`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
