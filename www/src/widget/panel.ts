// The chat panel: head, how things stand, the conversation, the field.

import type { Outgoing } from '../../../pkg/types/index.d.ts';
import type { View } from '../session/conversation.ts';
import { Composer } from './composer.ts';
import { h, icon } from './dom.ts';
import { Messages } from './messages.ts';
import { drawSent } from './sent.ts';
import { statusOf } from './status.ts';
import type { Texts } from './texts.ts';

export interface PanelActions {
  say(text: string): void;
  choose(message: string, choice: string): void;
  human(): void;
  cancelHandoff(): void;
  close(): void;
  switchLanguage(): void;
  toggleLarger(): void;
  retry(): void;
  sent(): readonly Outgoing[];
}

export class Panel {
  readonly element: HTMLElement;
  #mark = h('span', { class: 'mark', ariaHidden: 'true' }, icon('ring'));
  #markOf = '';
  #title = h('h2', { id: 'title', tabIndex: -1 });
  #subtitle = h('p', { class: 'subtitle' });
  #status = h('div', { class: 'status', role: 'status' });
  #statusOf = '';
  #language: HTMLButtonElement;
  #larger: HTMLButtonElement;
  #shield: HTMLButtonElement;
  #close: HTMLButtonElement;
  #messages: Messages;
  #composer: Composer;
  #sent = h('div', { class: 'sent', hidden: true });

  constructor(private readonly actions: PanelActions) {
    const tool = (name: Parameters<typeof icon>[0] | undefined, click: () => void) =>
      h('button', { type: 'button', class: 'tool', on: { click } }, name && icon(name));
    this.#language = tool(undefined, () => actions.switchLanguage());
    this.#larger = tool('letters', () => actions.toggleLarger());
    this.#shield = tool('shield', () => this.#showSent(!!this.#sent.hidden));
    this.#close = tool('close', () => actions.close());
    this.#messages = new Messages(actions);
    this.#composer = new Composer(actions);
    this.element = h(
      'section',
      { class: 'panel', role: 'dialog', hidden: true, aria: { labelledby: 'title', modal: 'false' } },
      h(
        'header',
        {},
        this.#mark,
        h('div', { class: 'names' }, this.#title, this.#subtitle),
        h('div', { class: 'tools' }, this.#language, this.#larger, this.#shield, this.#close),
      ),
      this.#status,
      this.#messages.element,
      this.#sent,
      this.#composer.element,
    );
  }

  /** Puts the focus where the user goes on: into the field, or on touch screens, whose keyboard would cover half of the chat, on the title. */
  focus(): void {
    const touch = matchMedia('(pointer: coarse)').matches;
    (touch ? this.#title : this.#composer.field).focus({ preventScroll: true });
    this.#messages.scrollToEnd();
  }

  update(view: View, texts: Texts): void {
    if (this.element.hidden !== !view.open) {
      this.element.hidden = !view.open;
      if (!view.open) this.#showSent(false);
    }
    const { handoff } = view;
    const human = handoff?.state === 'live' || handoff?.state === 'assigned';
    this.#updateMark(human ? ([...handoff.agent][0] ?? '') : '');
    this.#title.textContent = human && handoff.agent ? handoff.agent : texts.title;
    this.#subtitle.textContent = human ? texts.agent : texts.subtitle;
    label(this.#language, texts.language);
    this.#language.textContent = texts.languageShort;
    label(this.#larger, texts.larger);
    this.#larger.ariaPressed = String(view.elder);
    label(this.#shield, texts.sent);
    label(this.#close, texts.close);
    this.#updateStatus(view, texts);
    this.#messages.update(view, texts);
    this.#composer.update(view, texts);
    if (!this.#sent.hidden) this.#sent.replaceChildren(...drawSent(this.actions.sent(), texts, () => this.#showSent(false)));
    this.#texts = texts;
  }

  #texts: Texts | undefined;

  #showSent(show: boolean): void {
    this.#sent.hidden = !show;
    this.#messages.element.hidden = show;
    this.#composer.element.hidden = show;
    this.#shield.ariaPressed = String(show);
    if (!show || !this.#texts) return;
    this.#sent.replaceChildren(...drawSent(this.actions.sent(), this.#texts, () => this.#showSent(false)));
    this.#sent.querySelector('button')?.focus();
  }

  /** The bot's sign, or the first letter of the human who speaks. */
  #updateMark(initial: string): void {
    if (initial === this.#markOf) return;
    this.#markOf = initial;
    this.#mark.classList.toggle('human', initial !== '');
    this.#mark.replaceChildren(initial || icon('ring'));
  }

  #updateStatus(view: View, texts: Texts): void {
    const status = statusOf(view, texts);
    const of = JSON.stringify(status ?? null);
    if (of === this.#statusOf) return;
    this.#statusOf = of;
    this.#status.className = `status ${status?.tone ?? ''}`;
    this.#status.hidden = !status;
    if (!status) return this.#status.replaceChildren();
    const act = { cancel: () => this.actions.cancelHandoff(), retry: () => this.actions.retry() };
    this.#status.replaceChildren(
      h('span', { class: 'dot' }),
      h('span', { class: 'words' }, status.text),
      ...(status.button ? [h('button', { type: 'button', on: { click: act[status.act ?? 'cancel'] } }, status.button)] : []),
    );
  }
}

function label(button: HTMLButtonElement, text: string): void {
  button.ariaLabel = text;
  button.title = text;
}
