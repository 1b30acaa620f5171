// Small pieces that several parts of the page draw.

import { html, type TemplateResult } from 'lit-html';
import type { Playbook, Text } from './contract.ts';
import { tag } from './texts.ts';

/** A text in each language of the playbook, said to be in it. */
export function each({ languages }: Playbook, text: Text, as: 'p' | 'span' = 'p'): TemplateResult[] {
  return languages.map((language) =>
    as === 'p'
      ? html`<p class="text" lang=${tag(language)}>${text[language] ?? '—'}</p>`
      : html`<span class="text" lang=${tag(language)}>${text[language] ?? '—'}</span>`,
  );
}
