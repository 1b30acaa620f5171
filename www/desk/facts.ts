// What is known of the user's trouble: where, why, on what evidence, and what was tried.

import { html, nothing, type TemplateResult } from 'lit-html';
import type { Package } from './contract.ts';
import type { Model } from './model.ts';
import { causes, languages, outcomes, preferences, reason, signals, thing, words } from './texts.ts';
import { clock } from './time.ts';

export function facts(model: Model): TemplateResult {
  const say = words(model.language);
  const known = model.detail?.package;
  return html`
    <aside class="facts" aria-label=${say.facts} tabindex="0">
      <div class="head phone"><button class="plain" @click=${() => model.to('talk')} aria-label=${say.back}>‹</button><h2>${say.facts}</h2></div>
      ${known ? html`${stuck(model, known)} ${evidence(model, known)} ${tried(model, known)} ${about(model, known)}` : nothing}
    </aside>
  `;
}

function stuck(model: Model, known: Package): TemplateResult {
  const say = words(model.language);
  const at = known.stuck;
  if (!at) return html`<section><h3>${say.stuckAt}</h3><p class="none">${say.unknown}</p></section>`;
  const percent = Math.round(at.probability * 100);
  return html`
    <section class="stuck">
      <h3>${say.stuckAt}</h3>
      <ol class="path">${at.path.filter(Boolean).map((part) => html`<li>${part}</li>`)}</ol>
      <p class="title">${at.title}</p>
      <p class="sure">
        <span class="tag cause">${causes[model.language][at.cause] ?? at.cause}</span>
        <meter min="0" max="100" value=${percent} aria-label=${say.sure}></meter><b>${percent}%</b>
      </p>
      ${known.guesses.length === 0
        ? nothing
        : html`<p class="also">${say.alsoLikely}: ${known.guesses.map(({ id, probability }) => `${id} ${Math.round(probability * 100)}%`).join(' · ')}</p>`}
    </section>
  `;
}

function evidence(model: Model, known: Package): TemplateResult {
  const say = words(model.language);
  const newest = known.evidence.toSorted((a, b) => b.t - a.t);
  return html`
    <section>
      <h3>${say.evidence}</h3>
      ${newest.length === 0
        ? html`<p class="none">${say.noEvidence}</p>`
        : html`<ul class="evidence">
            ${newest.map(
              (one) => html`<li>
                <b>${signals[model.language][one.signal] ?? one.signal}</b><span class="count">${say.times(one.count)}</span><time>${clock(one.t, model.language)}</time>
                <code>${[one.screen, one.target].filter(Boolean).join('  ')}</code>
              </li>`,
            )}
          </ul>`}
    </section>
  `;
}

function tried(model: Model, known: Package): TemplateResult {
  const say = words(model.language);
  return html`
    <section>
      <h3>${say.tried}</h3>
      ${known.tried.length === 0
        ? html`<p class="none">${say.noTried}</p>`
        : html`<ul class="tried">
            ${known.tried.map((one) => html`<li><span>${thing(one.what, model.language)}</span><span class="tag ${one.outcome}">${outcomes[model.language][one.outcome] ?? one.outcome}</span></li>`)}
          </ul>`}
    </section>
  `;
}

function about(model: Model, known: Package): TemplateResult {
  const say = words(model.language);
  const slots = Object.entries(known.slots);
  const row = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`
    <section>
      <dl>
        ${slots.map(([name, value]) => row(name, value))} ${row(say.why, reason(known.reason, model.language))}
        ${row(say.language, languages[model.language][known.language])}
        ${row(say.priority, known.priority === 1 ? html`<span class="tag urgent">1 · ${say.urgent}</span>` : known.priority)}
        ${row(say.asked, clock(known.t, model.language))}
        ${known.preferences.length === 0 ? nothing : row(say.prefers, known.preferences.map((one) => preferences[model.language][one] ?? one).join(' · '))}
      </dl>
    </section>
  `;
}
