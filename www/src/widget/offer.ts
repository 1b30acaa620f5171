// The offer: calm to come, one tap to take, as easy to send away. When it goes by itself is the engine's decision.

import type { Suggest } from '../contracts/index.ts';
import type { View } from '../session/conversation.ts';
import { h, icon } from './dom.ts';
import type { Texts } from './texts.ts';

export interface OfferActions {
  answer(offer: number, accept: boolean): void;
  shown(offer: number): void;
}

export class OfferCard {
  readonly element: HTMLElement;
  #text = h('p', { class: 'offer-text' });
  #accept: HTMLButtonElement;
  #decline: HTMLButtonElement;
  #offer: Suggest | null = null;
  /** It was taken back while the user had a hand on it: it stays until they let go. */
  #late = false;

  constructor(private readonly actions: OfferActions) {
    this.#accept = h('button', { type: 'button', class: 'primary', on: { click: () => this.#answer(true) } });
    this.#decline = h('button', { type: 'button', on: { click: () => this.#answer(false) } });
    this.element = h(
      'aside',
      {
        class: 'offer',
        hidden: true,
        on: { pointerleave: () => this.#letGo(), focusout: () => this.#letGo() },
      },
      // The live region holds the words alone: a screen reader says them, and not the buttons.
      h('div', { class: 'offer-body', role: 'status' }, h('span', { class: 'mark' }, icon('ring')), this.#text),
      h('div', { class: 'offer-buttons' }, this.#accept, this.#decline),
    );
  }

  update({ offer, open, guide }: View, texts: Texts): void {
    this.element.setAttribute('aria-label', texts.offer);
    this.element.classList.toggle('in-panel', open);
    this.#late = !offer && !!this.#offer && this.element.matches(':hover, :focus-within');
    if (!this.#late) this.#put(offer);
    this.element.hidden = !this.#offer || !!guide;
  }

  #put(offer: Suggest | null): void {
    if (offer?.offer === this.#offer?.offer) return;
    this.#offer = offer;
    if (!offer) return;
    this.#text.textContent = offer.text;
    this.#accept.textContent = offer.accept;
    this.#decline.textContent = offer.decline;
    this.actions.shown(offer.offer);
  }

  #answer(accept: boolean): void {
    const { offer } = this.#offer ?? {};
    this.#offer = null;
    this.element.hidden = true;
    if (offer !== undefined) this.actions.answer(offer, accept);
  }

  #letGo(): void {
    if (!this.#late) return;
    this.#offer = null;
    this.element.hidden = true;
  }
}
