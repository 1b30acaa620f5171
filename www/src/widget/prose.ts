// Paragraphs and lists from plain text: lines that begin with `1. ` or `- ` are lists.

import { h } from './dom.ts';

const ITEM = /^\s*(?:(\d+)[.)、]|[-•])\s+/;

export function prose(text: string): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    const item = ITEM.exec(line);
    if (!item) {
      blocks.push(h('p', {}, line.trim()));
      continue;
    }
    const tag = item[1] ? 'OL' : 'UL';
    const last = blocks.at(-1);
    const list = last?.tagName === tag ? last : blocks[blocks.push(item[1] ? h('ol') : h('ul')) - 1]!;
    list.append(h('li', {}, line.slice(item[0].length).trim()));
  }
  return blocks;
}
