// The phones: one a language, side by side.

import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { ref } from 'lit-html/directives/ref.js';
import type { Language } from '../src/contracts/index.ts';
import type { Playbook } from './contract.ts';
import type { Model } from './model.ts';
import { offerView, talkView, type Phones, type ToFrame } from './phone.ts';
import { names, words } from './texts.ts';

export function offerPhones(model: Model, playbook: Playbook, phones: Phones): TemplateResult {
  const say = words(model.language);
  return html`
    <section aria-label=${say.offer}>
      <h3>${say.offer}</h3>
      <div class="phones low">
        ${playbook.languages.map((language) => phone(model, phones, language, say.offer, 'offer'))}
      </div>
      <p class="quiet" role="status">${model.declined ? html`${say.declined} <button @click=${() => model.go([])}>${say.again}</button>` : nothing}</p>
    </section>
  `;
}

export function talkPhones(model: Model, playbook: Playbook, phones: Phones): TemplateResult {
  const say = words(model.language);
  return html`
    <section class="talk" aria-label=${say.answer}>
      <h3>${say.answer}</h3>
      <p class="hint">${say.answerHint} <button ?hidden=${model.moves.length === 0} @click=${() => model.go([])}>${say.again}</button></p>
      ${outcomes(model, playbook)}
      <div class="phones">
        ${playbook.languages.map((language) => phone(model, phones, language, say.answer, 'talk'))}
      </div>
    </section>
  `;
}

/** In the product the app answers; here the reader does. */
function outcomes(model: Model, playbook: Playbook): TemplateResult | typeof nothing {
  const say = words(model.language);
  const { tool: id, outcomes: ends = [] } = model.talk[playbook.languages[0] ?? 'en'] ?? {};
  if (!id) return nothing;
  const tool = playbook.tools.find((one) => one.id === id);
  return html`<p class="hint running" role="status">${say.toolRuns(tool ? model.text(tool.title) : id)}
    ${ends.map((outcome) => html`<button @click=${() => model.told({ tool: outcome })}>${outcome}</button> `)}</p>`;
}

function phone(model: Model, phones: Phones, language: Language, what: string, shows: 'offer' | 'talk'): TemplateResult {
  const heard = model.talk[language];
  const theme = model.dark ? 'dark' : 'light';
  const send = (element?: Element) => {
    if (!(element instanceof HTMLIFrameElement) || !heard) return;
    const view = shows === 'talk' ? talkView(heard, model.at) : model.declined ? { open: false, offer: null } : offerView(heard);
    const message: ToFrame = { view: { ...view, elder: model.elder }, theme };
    phones.show(element, message);
  };
  return html`<figure>
    <figcaption>${names[language]}</figcaption>
    ${keyed(language, html`<iframe src="frame.html#${language}" title=${words(model.language).phone(names[language], what)} ${ref(send)}></iframe>`)}
  </figure>`;
}
