// What screens that wait for somebody else's answer share.

import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../icons.ts';

/** How long until a waiting screen looks by itself, in ms; each further look comes twice as late. */
const LOOK_AFTER = 4_000;
/** How often it does so: then it is up to the user. */
const LOOKS = 5;

let timer: ReturnType<typeof setTimeout> | undefined;
const looked = { path: '', times: 0 };

/** Looks again by itself, if the screen is still there. */
export function again(path: string, look: () => Promise<void>): void {
  if (looked.path !== path) Object.assign(looked, { path, times: 0 });
  if (looked.times >= LOOKS) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (location.pathname !== path) return;
    looked.times += 1;
    void look();
  }, LOOK_AFTER * 2 ** looked.times);
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
