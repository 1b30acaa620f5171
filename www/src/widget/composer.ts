// Where the user types. Enter sends, except while an input method is composing.

import type { View } from '../session/conversation.ts';
import { h, icon } from './dom.ts';
import type { Texts } from './texts.ts';

/** The longest text that can be typed, in characters. */
const LONGEST = 1_000;

export interface ComposerActions {
  say(text: string): void;
  human(): void;
}

export class Composer {
  readonly element: HTMLElement;
  readonly field: HTMLTextAreaElement;
  #send: HTMLButtonElement;
  #human: HTMLButtonElement;
  #composing = false;

  constructor(private readonly actions: ComposerActions) {
    this.field = h('textarea', {
      rows: 1,
      maxLength: LONGEST,
      enterKeyHint: 'send',
      on: {
        input: () => this.#grow(),
        compositionstart: () => void (this.#composing = true),
        // Safari ends the composition before the key that ended it arrives.
        compositionend: () => void setTimeout(() => (this.#composing = false)),
        keydown: (event: KeyboardEvent) => this.#key(event),
      },
    });
    this.#send = h('button', { type: 'submit', class: 'send', disabled: true }, icon('send'));
    this.#human = h('button', { type: 'button', class: 'to-human', on: { click: () => actions.human() } });
    this.element = h(
      'form',
      {
        class: 'composer',
        noValidate: true,
        on: {
          submit: (event: SubmitEvent) => {
            event.preventDefault();
            this.#submit();
          },
        },
      },
      h('div', { class: 'field' }, this.field, this.#send),
      h('div', { class: 'below' }, this.#human),
    );
  }

  update({ handoff, expects }: View, texts: Texts): void {
    const withHuman = handoff && ['queued', 'assigned', 'live'].includes(handoff.state);
    this.field.placeholder = withHuman ? texts.placeholderHuman(handoff.agent) : expects || texts.placeholder;
    this.field.setAttribute('aria-label', texts.field);
    this.#send.setAttribute('aria-label', texts.send);
    this.#send.title = texts.send;
    this.#human.hidden = !!withHuman || handoff?.state === 'consented';
    if (this.#human.dataset.label !== texts.human) {
      this.#human.dataset.label = texts.human;
      this.#human.replaceChildren(icon('person'), texts.human);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || this.#composing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.field.value.trim();
    if (!text) return;
    this.actions.say(text);
    this.field.value = '';
    this.#grow();
  }

  #grow(): void {
    this.#send.disabled = this.field.value.trim() === '';
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight}px`;
  }
}
