// What left this device: the log of the gate, for the user's eyes.

import type { Outgoing } from '../../../pkg/types/index.d.ts';
import { h, icon } from './dom.ts';
import type { Texts } from './texts.ts';

export function drawSent(log: readonly Outgoing[], texts: Texts, back: () => void): HTMLElement[] {
  const head = h(
    'div',
    { class: 'sent-head' },
    h('button', { type: 'button', class: 'tool', ariaLabel: texts.back, title: texts.back, on: { click: back } }, icon('back')),
    h('h3', {}, texts.sent),
  );
  const entries = [...log].reverse().map((item) =>
    h(
      'details',
      {},
      h(
        'summary',
        {},
        h('strong', {}, texts.sentKinds[item.kind]),
        h('time', { dateTime: new Date(item.t).toISOString() }, new Date(item.t).toLocaleTimeString()),
        h('span', { class: 'to' }, texts.sentTo(item.to)),
      ),
      h('pre', { tabIndex: 0 }, JSON.stringify(item.body, null, 2)),
    ),
  );
  const nothing = h('p', { class: 'nothing' }, icon('shield'), texts.sentNothing);
  return [head, h('p', { class: 'why' }, texts.sentWhy), ...(entries.length > 0 ? entries : [nothing])];
}
