// Paragraphs and lists in plain text: lines that begin with `1. ` or `- ` are lists.

const ITEM = /^\s*(?:(\d+)[.)、]|[-•])\s+/;

export interface Block {
  kind: 'p' | 'ol' | 'ul';
  lines: string[];
}

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    const item = ITEM.exec(line);
    const kind = item ? (item[1] ? 'ol' : 'ul') : 'p';
    const words = line.slice(item?.[0].length ?? 0).trim();
    const last = blocks[blocks.length - 1];
    if (last && kind !== 'p' && last.kind === kind) last.lines.push(words);
    else blocks.push({ kind, lines: [words] });
  }
  return blocks;
}
