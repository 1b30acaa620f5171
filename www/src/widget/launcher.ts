// The button in the corner.

import type { View } from '../session/conversation.ts';
import { h, icon } from './dom.ts';
import type { Texts } from './texts.ts';

export class Launcher {
  readonly element: HTMLButtonElement;
  #count = h('span', { class: 'count', hidden: true, ariaHidden: 'true' });

  constructor(toggle: () => void) {
    this.element = h(
      'button',
      { type: 'button', class: 'launcher', on: { click: toggle }, aria: { haspopup: 'dialog' } },
      h('span', { class: 'face closed' }, icon('ring')),
      h('span', { class: 'face opened' }, icon('down')),
      this.#count,
    );
  }

  update({ open, unread }: View, texts: Texts): void {
    this.element.ariaExpanded = String(open);
    this.element.ariaLabel = open ? texts.close : unread > 0 ? texts.launcherUnread(unread) : texts.launcher;
    this.#count.hidden = open || unread === 0;
    this.#count.textContent = unread > 9 ? '9+' : String(unread);
  }
}
