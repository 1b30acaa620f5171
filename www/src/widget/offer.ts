// The offer: calm to come, one tap to take, as easy to send away, and gone by itself.

import type { Suggest } from '../contracts/index.ts';
import type { View } from '../session/conversation.ts';
import { h, icon } from './dom.ts';
import type { Texts } from './texts.ts';

/** An offer that nobody touches goes away after this time, in ms; in elder mode after twice that. */
export const OFFER_STAYS = 40_000;

export interface OfferActions {
  answer(accept: boolean): void;
  became(offer: number, what: 'shown' | 'expired'): void;
}

export class OfferCard {
  readonly element: HTMLElement;
  #text = h('p', { class: 'offer-text' });
  #accept: HTMLButtonElement;
  #decline: HTMLButtonElement;
  #offer: Suggest | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stays = OFFER_STAYS;

  constructor(private readonly actions: OfferActions) {
    this.#accept = h('button', { type: 'button', class: 'primary', on: { click: () => actions.answer(true) } });
    this.#decline = h('button', { type: 'button', on: { click: () => actions.answer(false) } });
    const touched = () => clearTimeout(this.#timer);
    const left = () => this.#offer && this.#waitAgain();
    this.element = h(
      'aside',
      {
        class: 'offer',
        hidden: true,
        on: { pointerenter: touched, focusin: touched, pointerleave: left, focusout: left },
      },
      // The live region holds the words alone: a screen reader says them, and not the buttons.
      h('div', { class: 'offer-body', role: 'status' }, h('span', { class: 'mark' }, icon('ring')), this.#text),
      h('div', { class: 'offer-buttons' }, this.#accept, this.#decline),
    );
  }

  update({ offer, open, elder, guide }: View, texts: Texts): void {
    this.element.setAttribute('aria-label', texts.offer);
    this.#stays = elder ? 2 * OFFER_STAYS : OFFER_STAYS;
    const visible = !!offer && !guide;
    this.element.hidden = !visible;
    this.element.classList.toggle('in-panel', open);
    if (offer?.offer === this.#offer?.offer) return;
    this.#offer = offer;
    clearTimeout(this.#timer);
    if (!offer) return;
    this.#text.textContent = offer.text;
    this.#accept.textContent = offer.accept;
    this.#decline.textContent = offer.decline;
    this.actions.became(offer.offer, 'shown');
    this.#waitAgain();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #waitAgain(): void {
    clearTimeout(this.#timer);
    const { offer } = this.#offer ?? {};
    if (offer !== undefined) this.#timer = setTimeout(() => this.actions.became(offer, 'expired'), this.#stays);
  }
}
