// The expiry date of a card: two lists, or, where the remote configuration says so, a dial that only
// moves by its small arrows.

import { html, nothing, type TemplateResult } from 'lit-html';
import type { Wrong } from '../form.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { store } from '../store.ts';

const YEARS = Array.from({ length: 12 }, (_, n) => 2026 + n);
/** Where the dial begins: years away from any card that is still good. */
const DIAL_START = 2000;

const chosen = { month: 9, year: 2030, dial: { month: 1, year: DIAL_START } };

/** `MM/YY`. */
export function chosenExpiry(): string {
  const { month, year } = store.flags.date_stepper ? chosen.dial : chosen;
  return `${String(month).padStart(2, '0')}/${String(year).slice(-2)}`;
}

export function expiryField(wrong: Wrong | undefined, changed: () => void): TemplateResult {
  return html`
    <div class="field ${wrong ? 'is-wrong' : ''}" role="group" aria-labelledby="expiry.label">
      <span class="label" id="expiry.label">${say('有效期', 'Expiry date')}</span>
      ${store.flags.date_stepper ? dial(wrong, changed) : lists(wrong, changed)}
      ${wrong ? html`<p class="wrong" role="alert">${wrong.words}</p>` : nothing}
    </div>
  `;
}

function lists(wrong: Wrong | undefined, changed: () => void): TemplateResult {
  const pick = (part: 'month' | 'year') => (event: Event) => {
    chosen[part] = Number((event.target as HTMLSelectElement).value);
    changed();
  };
  return html`
    <div class="pair">
      <select data-unstuck="bind.identity.expiry.month" aria-label=${say('月', 'Month')} aria-invalid=${wrong ? 'true' : 'false'}
        data-unstuck-code=${wrong?.code ?? nothing} @change=${pick('month')}>
        ${Array.from({ length: 12 }, (_, n) => n + 1).map((n) => html`<option value=${n} ?selected=${n === chosen.month}>${String(n).padStart(2, '0')}</option>`)}
      </select>
      <select data-unstuck="bind.identity.expiry.year" aria-label=${say('年', 'Year')} @change=${pick('year')}>
        ${YEARS.map((n) => html`<option value=${n} ?selected=${n === chosen.year}>${n}</option>`)}
      </select>
    </div>
  `;
}

function dial(wrong: Wrong | undefined, changed: () => void): TemplateResult {
  const turn = (part: 'month' | 'year', by: number) => () => {
    const next = chosen.dial[part] + by;
    chosen.dial[part] = part === 'month' ? ((next + 11) % 12) + 1 : Math.max(DIAL_START, next);
    changed();
  };
  const one = (part: 'month' | 'year', label: string) => html`
    <span class="dial">
      <button class="value" type="button" data-unstuck="bind.identity.expiry.${part}" aria-label=${label}
        data-unstuck-code=${wrong?.code ?? nothing}>${String(chosen.dial[part]).padStart(2, '0')}</button>
      <span class="arrows">
        <button type="button" data-unstuck="bind.identity.expiry.${part}.plus" aria-label="+" @click=${turn(part, 1)}>${icon('plus')}</button>
        <button type="button" data-unstuck="bind.identity.expiry.${part}.minus" aria-label="−" @click=${turn(part, -1)}>${icon('minus')}</button>
      </span>
    </span>
  `;
  return html`<div class="pair">${one('month', say('月', 'Month'))}${one('year', say('年', 'Year'))}</div>`;
}
