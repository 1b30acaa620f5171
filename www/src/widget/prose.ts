// Draws paragraphs and lists.

import { blocksOf } from './blocks.ts';
import { h } from './dom.ts';

export function prose(text: string): HTMLElement[] {
  return blocksOf(text).map(({ kind, lines }) => (kind === 'p' ? h('p', {}, lines[0]) : h(kind, {}, ...lines.map((line) => h('li', {}, line)))));
}
