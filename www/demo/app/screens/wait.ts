// What screens that wait for somebody else's answer share.

import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../icons.ts';

/** How long until a waiting screen looks by itself, in ms. It does so once: then it is up to the user. */
const LOOK_AFTER = 4_000;

let timer: ReturnType<typeof setTimeout> | undefined;
const looked = new Set<string>();

/** Looks again by itself once, if the screen is still there. */
export function again(path: string, look: () => Promise<void>): void {
  if (looked.has(path)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (location.pathname !== path) return;
    looked.add(path);
    void look();
  }, LOOK_AFTER);
}

/** The stages of the wait; `at` of them are behind. */
export function timeline(at: number, stages: [name: string, hint: string][]): TemplateResult {
  return html`
    <ol class="timeline">
      ${stages.map(([name, hint], n) => html`
        <li class=${n < at ? 'done' : n === at ? 'now' : ''} aria-current=${n === at ? 'step' : nothing}>
          <i aria-hidden="true">${n < at ? icon('check') : nothing}</i>
          <span><b>${name}</b>${hint && n >= at ? html`<small>${hint}</small>` : nothing}</span>
        </li>`)}
    </ol>
  `;
}
