// The conversation: bubbles, cards, choices.

import type { CardView, Choice } from '../contracts/index.ts';
import type { Message, View } from '../session/conversation.ts';
import { h, icon } from './dom.ts';
import { prose } from './prose.ts';
import type { Texts } from './texts.ts';

export interface MessageActions {
  choose(message: string, choice: string): void;
}

/** How near its end, in px, the log counts as read to the end. */
const NEAR_END = 80;

/** The log. A message that has not changed is never drawn again, so that focus and speech stay. */
export class Messages {
  readonly element: HTMLElement;
  #drawn = new Map<string, { element: HTMLElement; of: string }>();
  #welcome = h('div', { class: 'welcome' });
  #typing = h('div', { class: 'typing' }, h('i'), h('i'), h('i'));
  #language = '';
  /** The user reads the end, and not what was said before. */
  #follows = true;

  constructor(private readonly actions: MessageActions) {
    this.element = h('div', { class: 'log', role: 'log', tabIndex: 0, aria: { live: 'polite', relevant: 'additions' } });
    // What comes and goes above and below the log must not hide its end.
    this.element.addEventListener('scroll', () => (this.#follows = this.#atEnd()), { passive: true });
    new ResizeObserver(() => this.#follows && this.scrollToEnd()).observe(this.element);
  }

  update(view: View, texts: Texts): void {
    if (this.#language !== view.language) this.#reset(view, texts);
    const { messages } = view;
    this.#welcome.hidden = messages.length > 0;
    const lastUser = messages.map(({ from }) => from).lastIndexOf('user');
    const seen = new Set<string>();
    messages.forEach((message, i) => {
      seen.add(message.id);
      const open = i > lastUser && message.chosen === undefined;
      const follows = messages[i - 1]?.from === message.from;
      const of = JSON.stringify([message, open, follows]);
      const before = this.#drawn.get(message.id);
      if (before?.of === of) return;
      const element = this.#draw(message, open, follows, texts);
      if (before) before.element.replaceWith(element);
      else this.#typing.before(element);
      this.#drawn.set(message.id, { element, of });
    });
    for (const [id, { element }] of this.#drawn) {
      if (seen.has(id)) continue;
      element.remove();
      this.#drawn.delete(id);
    }
    this.#typing.hidden = !(view.busy || (view.engine === 'starting' && lastUser === messages.length - 1 && lastUser >= 0));
    // A closed chat has no end to see, and to ask for it makes the browser lay out the page at once.
    if (view.open && (this.#follows || messages[messages.length - 1]?.from === 'user')) this.scrollToEnd();
  }

  scrollToEnd(): void {
    this.#follows = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  #atEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #reset(view: View, texts: Texts): void {
    this.#language = view.language;
    this.element.setAttribute('aria-label', texts.log);
    this.#typing.setAttribute('aria-label', texts.busy);
    this.#welcome.replaceChildren(
      h('span', { class: 'mark' }, icon('ring')),
      h('h3', {}, texts.welcome),
      h('p', {}, texts.welcomeMore),
    );
    this.#drawn.clear();
    this.element.replaceChildren(this.#welcome, this.#typing);
  }

  #draw(message: Message, open: boolean, follows: boolean, texts: Texts): HTMLElement {
    const { from, text, card, choices, name, delivery } = message;
    const speaker = { user: texts.you, bot: texts.bot, agent: name || texts.agent, note: '' }[from];
    const failed = delivery === 'failed';
    return h(
      'article',
      { class: `message ${from}${follows ? ' follows' : ''}`, title: new Date(message.t).toLocaleTimeString() },
      from === 'agent' && !follows && h('div', { class: 'speaker' }, h('span', { class: 'initial', ariaHidden: 'true' }, [...speaker][0] ?? ''), speaker),
      from !== 'agent' && speaker && h('span', { class: 'unseen' }, speaker),
      text && h('div', { class: 'bubble' }, ...prose(text)),
      card && drawCard(card),
      choices && open && this.#choices(message.id, choices),
      delivery && delivery !== 'sent' && h('div', { class: failed ? 'delivery failed' : 'delivery' }, failed ? texts.notSent : texts.sending),
    );
  }

  #choices(message: string, choices: Choice[]): HTMLElement {
    return h(
      'div',
      { class: 'choices', role: 'group' },
      ...choices.map(({ id, label, role }) =>
        h(
          'button',
          { type: 'button', class: `choice ${role ?? 'plain'}`, on: { click: () => this.actions.choose(message, id) } },
          role === 'human' && icon('person'),
          label,
        ),
      ),
    );
  }
}

function drawCard({ title, body }: CardView): HTMLElement {
  return h('section', { class: 'card' }, h('h4', {}, title), ...prose(body));
}
