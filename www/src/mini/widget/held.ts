// Draws the conversation into the component of one page, and does what is tapped in it.

import type { Session } from '../../session/session.ts';
import type { LiveHost } from '../live.ts';
import { ask } from '../vendor.ts';
import type { ActionName, Tap } from './actions.ts';
import { GuideWalk, type DrawnGuide } from './guide.ts';
import { drawingOf } from './model.ts';

/** The component's instance, as the platform makes it. */
export interface Instance {
  setData(data: object): void;
}

/** The longest text that can be typed, in characters. */
const LONGEST = 1_000;
/** The offer that the engine was told of last: it came before the user's eyes once. */
const saw = new WeakMap<Session, number>();

export class Held {
  #stop: (() => void)[] = [];
  #guide: GuideWalk;
  #messages = '';
  #typed = '';
  #sent = false;
  /** Of all pages' components, only that of the page that is shown draws and acts. */
  #active = true;
  #end = 0;

  constructor(private readonly host: LiveHost, private readonly session: Session, private readonly instance: Instance) {
    const redraw = () => this.#draw();
    const { api } = host.vendor;
    this.#guide = new GuideWalk(host.vendor, session, (guide: DrawnGuide | null) => instance.setData({ guide }));
    this.#stop.push(session.conversation.watch(redraw), () => ask(api, 'offThemeChange', redraw));
    ask(api, 'onThemeChange', redraw);
    this.#draw();
  }

  pageShown(active: boolean): void {
    this.#active = active;
    if (!active) this.#guide.stop();
    this.#draw();
  }

  release(): void {
    this.#guide.stop();
    for (const stop of this.#stop) stop();
  }

  act(name: ActionName, { currentTarget, detail }: Tap): void {
    const { user, conversation } = this.session;
    const { message = '', choice = '' } = currentTarget?.dataset ?? {};
    const { offer, language, elder } = conversation.view;
    switch (name) {
      case 'tapLauncher': return user.show(true);
      case 'tapClose': return user.show(false);
      case 'tapAccept': return offer ? user.answerOffer(offer.offer, true) : undefined;
      case 'tapDecline': return offer ? user.answerOffer(offer.offer, false) : undefined;
      case 'tapChoice': return user.choose(message, choice);
      case 'tapHuman': return user.askHuman();
      case 'tapStatus': return choice === 'retry' ? this.session.retry() : user.cancelHandoff();
      case 'tapLanguage': return user.setLanguage(language === 'zh' ? 'en' : 'zh');
      case 'tapLarger': return user.setElder(!elder);
      case 'tapSent': return this.#showSent(true);
      case 'tapBack': return this.#showSent(false);
      case 'type': return this.#type(detail?.value ?? '');
      case 'send': return this.#send(detail?.value ?? this.#typed);
      case 'guideNext': return this.#guide.next();
      case 'guideStop': return this.#guide.leave();
    }
  }

  #type(text: string): void {
    const before = this.#typed;
    this.#typed = text.slice(0, LONGEST);
    // Only whether something can be sent shows; the text field keeps its own text.
    if (!before !== !this.#typed) this.instance.setData({ typed: this.#typed });
  }

  #send(text: string): void {
    const words = text.trim().slice(0, LONGEST);
    if (!words) return;
    // Told to the field even where it was told nothing of what was typed: it clears by a change.
    this.instance.setData({ typed: words });
    this.#typed = '';
    this.instance.setData({ typed: '' });
    this.session.user.userSays(words);
  }

  #showSent(show: boolean): void {
    this.#sent = show;
    this.#draw();
  }

  #draw(): void {
    if (!this.#active) return;
    const { session, host: { vendor, settings, capture } } = this;
    const { view } = session.conversation;
    if (!view.open) this.#sent = false;
    const dark = settings.theme === 'dark' || (settings.theme !== 'light' && vendor.isDark());
    const look = { dark, position: settings.position ?? 'right', launcher: settings.launcher !== false, remote: !!settings.remote, sent: this.#sent };
    const { messages, ...drawing } = drawingOf(view, session.egress.log, look);
    // What was said goes over the bridge only where it changed; then its end is scrolled to.
    const now = JSON.stringify([messages, view.open]);
    const changed = now !== this.#messages;
    this.#messages = now;
    this.instance.setData({
      ...drawing,
      inset: vendor.screen().inset,
      showSent: this.#sent,
      ...(changed ? { messages, end: `end-${(this.#end = 1 - this.#end)}` } : {}),
    });
    const offer = view.offer?.offer;
    if (offer !== undefined && saw.get(session) !== offer) {
      saw.set(session, offer);
      session.user.sawOffer(offer);
    }
    capture.onUse((target) => this.#guide.used(target));
    this.#guide.update(view.guide);
  }
}
