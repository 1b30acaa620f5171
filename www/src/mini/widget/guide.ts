// Leads through the page: points at an element by its id, waits for it, says why it skipped it.

import type { GuideView } from '../../session/conversation.ts';
import type { Session } from '../../session/session.ts';
import { textsIn, type Texts } from '../../widget/texts.ts';
import { ask, method, type Rect, type Vendor } from '../vendor.ts';

/** How often the target is looked for, and its frame moved after it, in ms. */
const LOOK_EVERY = 250;
/** After a use of the target the next step follows, in ms: the page reacts first. */
const AFTER_USE = 350;
/** The space between the target and its frame, and between the frame and the words, in px. */
const FRAME = 6;
const GAP = 12;
/** Room for the words, in px: where there is less below the target they go above it. */
const ROOM = 210;

export interface DrawnGuide {
  label: string;
  count: string;
  text: string;
  note: string;
  next: string;
  skip: string;
  stop: string;
  /** Styles of the frame and of the words; no frame while the target is looked for. */
  frame: string;
  place: string;
}

interface Query {
  select(selector: string): { boundingClientRect(): Query };
  exec(then: (rects: (Rect | null)[]) => void): void;
}

/** Selectors know no dots: `bind.submit` has the id `bind-submit`. */
export function selectorOf(target: string): string {
  return `#${target.replace(/[^\w-]/g, '-')}`;
}

export class GuideWalk {
  #timer: ReturnType<typeof setInterval> | undefined;
  #walked: GuideView | null = null;
  #until = 0;
  #scrolled = false;

  constructor(
    private readonly vendor: Vendor,
    private readonly session: Session,
    private readonly draw: (guide: DrawnGuide | null) => void,
  ) {}

  /** Takes up the guide where the view says it is. */
  update(guide: GuideView | null): void {
    if (guide?.guide === this.#walked?.guide && guide?.at === this.#walked?.at) return;
    this.stop();
    this.#walked = guide;
    if (!guide) return this.draw(null);
    const step = guide.steps[guide.at];
    if (!step) return this.#went(guide.shown ? 'done' : 'skipped', guide.why);
    this.#until = Date.now() + step.wait_ms;
    this.#scrolled = false;
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY);
  }

  /** The page is left; another page's component may go on. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#walked = null;
  }

  used(target: string): void {
    const guide = this.#walked;
    const wanted = guide?.steps[guide.at]?.target;
    if (!wanted || (target !== wanted && `#${target}` !== selectorOf(wanted))) return;
    // The page may be another one by then, so it is the view that says whether the step still stands.
    setTimeout(() => {
      const now = this.session.conversation.view.guide;
      if (now?.guide === guide.guide && now.at === guide.at) this.#step(now, '');
    }, AFTER_USE);
  }

  /** The user says that they are done with this step. */
  next(): void {
    const { guide } = this.session.conversation.view;
    if (guide) this.#step(guide, '');
  }

  leave(): void {
    this.#went('left', '');
  }

  #look(): void {
    const guide = this.#walked;
    const step = guide?.steps[guide.at];
    if (!guide || !step) return;
    const selector = selectorOf(step.target);
    const query = ask<Query>(this.vendor.api, 'createSelectorQuery');
    if (!query) return this.#missing(guide, 'target_missing');
    query.select(selector).boundingClientRect().exec(([rect]) => {
      if (this.#walked !== guide) return;
      if (!rect) return this.#missing(guide, 'target_missing');
      if (rect.width === 0 || rect.height === 0) return this.#missing(guide, 'target_hidden');
      this.#pointAt(guide, step.text, rect, selector);
    });
  }

  #missing(guide: GuideView, why: 'target_missing' | 'target_hidden'): void {
    if (Date.now() >= this.#until) return this.#step(guide, why);
    const texts = textsIn(this.session.conversation.view.language);
    this.draw({ ...wordsOf(guide, texts), text: texts.waiting, next: '', frame: '', place: 'bottom:32px' });
  }

  #pointAt(guide: GuideView, text: string, { left, top, width, height }: Rect, selector: string): void {
    guide.shown = true;
    const screen = this.vendor.screen();
    const outside = top < 0 || top + height > screen.height;
    if (outside && !this.#scrolled) {
      this.#scrolled = true;
      method(this.vendor.api, 'pageScrollTo')?.({ selector, offsetTop: -120, duration: 200 });
    }
    const below = top + height + FRAME + GAP;
    const place = below + ROOM <= screen.height ? `top:${Math.max(GAP, below)}px` : `bottom:${Math.max(GAP, screen.height - top + FRAME + GAP)}px`;
    const frame = `left:${left - FRAME}px;top:${top - FRAME}px;width:${width + 2 * FRAME}px;height:${height + 2 * FRAME}px`;
    const texts = textsIn(this.session.conversation.view.language);
    this.draw({ ...wordsOf(guide, texts), text, skip: '', frame, place });
  }

  /** On to the next step; `why` where this one could not be shown. */
  #step(guide: GuideView, why: '' | 'target_missing' | 'target_hidden'): void {
    if (guide.at + 1 >= guide.steps.length) return this.#went(guide.shown ? 'done' : 'skipped', why || guide.why);
    this.session.conversation.change({ guide: { ...guide, at: guide.at + 1, why } });
  }

  #went(outcome: 'done' | 'left' | 'skipped', why: string): void {
    this.stop();
    this.draw(null);
    this.session.user.guideWent(outcome, why);
  }
}

function wordsOf({ at, steps, why }: GuideView, texts: Texts): Omit<DrawnGuide, 'text' | 'frame' | 'place'> {
  return {
    label: texts.guide,
    count: texts.guideStep(at + 1, steps.length),
    note: !why ? '' : why === 'target_hidden' ? texts.skippedHidden(at) : texts.skippedMissing(at),
    next: at + 1 === steps.length ? texts.done : texts.next,
    skip: texts.skip,
    stop: texts.stop,
  };
}
