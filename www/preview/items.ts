// One item of the playbook: the phones, and what its author wrote around them.

import { html, nothing, type TemplateResult } from 'lit-html';
import { causes } from '../desk/texts.ts';
import type { Card, Flow, Help, Kind, Lists, Playbook, Reply, Selected, StuckPoint } from './contract.ts';
import { flowView } from './flow.ts';
import { guideView } from './guide.ts';
import { address, LISTS, type Model } from './model.ts';
import { hours, journey, overview } from './others.ts';
import type { Phones } from './phone.ts';
import { offerPhones, talkPhones } from './phones.ts';
import { each } from './parts.ts';
import { names, tag, words } from './texts.ts';

export function item(model: Model, playbook: Playbook, phones: Phones): TemplateResult {
  const { selected } = model;
  if (!selected) return overview(model, playbook);
  if (selected.kind === 'hours') return hours(model, playbook);
  const say = words(model.language);
  const found = playbook[LISTS[selected.kind]].find(({ id }) => id === selected.id);
  if (!found) return html`<h2 tabindex="-1">${selected.id}</h2><p class="quiet">${say.gone}</p>`;
  if (selected.kind === 'journey') return journey(model, playbook, selected.id);
  return html`<article>${head(model, playbook, selected)} ${about(model, playbook, selected, phones)}</article>`;
}

function head(model: Model, playbook: Playbook, selected: Selected): TemplateResult {
  const say = words(model.language);
  const place = model.place(selected);
  const point = selected.kind === 'stuck_point' ? playbook.stuck_points.find(({ id }) => id === selected.id) : undefined;
  const way = point && playbook.journeys.find(({ steps }) => steps.some(({ id }) => id === point.step));
  const step = way?.steps.find(({ id }) => id === point?.step);
  const titled = [...playbook.stuck_points, ...playbook.cards, ...playbook.escalations].find(({ id }) => id === selected.id);
  const title = titled && 'title' in titled ? titled.title : undefined;
  return html`
    ${way && step ? html`<p class="crumbs"><a href=${address('journey', way.id)}>${model.text(way.scenario)}</a> › ${model.text(step.title)}</p>` : nothing}
    <h2 tabindex="-1">${title ? each(playbook, title, 'span') : selected.id}</h2>
    <p class="facts">
      ${point ? html`<span class="chip">${causes[model.language][point.cause]}</span><span>${say.worth} ${point.worth}</span>` : nothing}
      ${title ? html`<code>${selected.id}</code>` : nothing}
      ${place ? html`<span>${say.inPlace} <code>${place.file}:${place.line}</code></span>` : nothing}
    </p>
  `;
}

function about(model: Model, playbook: Playbook, { kind, id }: Selected, phones: Phones): TemplateResult {
  switch (kind) {
    case 'stuck_point': {
      const point = playbook.stuck_points.find((one) => one.id === id)!;
      return html`${offerPhones(model, playbook, phones)} ${talkPhones(model, playbook, phones)} ${helped(model, playbook, point)}
        ${questions(model, playbook, words(model.language).questions, point.questions)}`;
    }
    case 'intent': {
      const intent = playbook.intents.find((one) => one.id === id)!;
      return html`${talkPhones(model, playbook, phones)} ${ways(model, playbook, intent.reply)}
        ${questions(model, playbook, words(model.language).questions, intent.questions)}`;
    }
    case 'escalation':
      return escalation(model, playbook, id, phones);
    case 'card':
      return html`${talkPhones(model, playbook, phones)} ${ways(model, playbook, { card: id })} ${users(model, playbook, 'card', id)}`;
    case 'flow':
      return html`${talkPhones(model, playbook, phones)} ${ways(model, playbook, { flow: id })} ${users(model, playbook, 'flow', id)}`;
    default:
      return html`${talkPhones(model, playbook, phones)} ${ways(model, playbook, { guide: id })} ${users(model, playbook, 'guide', id)}`;
  }
}

function escalation(model: Model, playbook: Playbook, id: string, phones: Phones): TemplateResult {
  const say = words(model.language);
  const rule = playbook.escalations.find((one) => one.id === id)!;
  return html`
    <p class="facts"><span>${say.priority}: ${rule.priority}</span>
      ${rule.intents.length > 0 ? html`<span>${say.alsoIntents} ${rule.intents.map((intent) => html`<code>${intent}</code> `)}</span>` : nothing}</p>
    ${talkPhones(model, playbook, phones)} ${questions(model, playbook, say.phrases, rule.phrases)}
  `;
}

function helped(model: Model, playbook: Playbook, point: StuckPoint): TemplateResult | typeof nothing {
  return ways(model, playbook, point.help);
}

/** The flow and the guide that a piece of help leads to, with the taps that begin them. */
function ways(model: Model, playbook: Playbook, help: Help | Reply): TemplateResult | typeof nothing {
  if ('guide' in help) return guideView(model, playbook, help.guide, []);
  if ('flow' in help) return flowOf(model, playbook, help.flow, []);
  const card: Card | undefined = 'card' in help ? playbook.cards.find(({ id }) => id === help.card) : undefined;
  if (!card) return nothing;
  return html`
    ${card.guide ? guideView(model, playbook, card.guide, [{ choose: `guide:${card.guide}` }]) : nothing}
    ${card.flow ? flowOf(model, playbook, card.flow, [{ choose: `start:${card.flow}` }]) : nothing}
  `;
}

function flowOf(model: Model, playbook: Playbook, id: string, before: { choose: string }[]): TemplateResult | typeof nothing {
  const flow: Flow | undefined = playbook.flows.find((one) => one.id === id);
  return flow ? flowView(model, playbook, flow, before) : nothing;
}

function questions(model: Model, playbook: Playbook, title: string, asked: Lists<string>): TemplateResult {
  const say = words(model.language);
  return html`
    <section aria-label=${title}>
      <h3>${title}</h3>
      <div class="columns">
        ${playbook.languages.map((language) => {
          const all = asked[language] ?? [];
          return html`<div>
            <h4>${names[language]} <small>${say.count(all.length)}</small></h4>
            ${all.length > 0 ? html`<ol class="asked" lang=${tag(language)}>${all.map((question) => html`<li>${question}</li>`)}</ol>` : html`<p class="quiet">${say.empty}</p>`}
          </div>`;
        })}
      </div>
    </section>
  `;
}

/** What leads to a card, a flow or a guide. */
function users(model: Model, playbook: Playbook, kind: 'card' | 'flow' | 'guide', id: string): TemplateResult {
  const say = words(model.language);
  const uses = (value: unknown) => JSON.stringify(value).includes(`"${kind}":${JSON.stringify(id)}`);
  const all: [Kind, { id: string }][] = [
    ...playbook.stuck_points.filter(({ help }) => uses(help)).map((one): [Kind, { id: string }] => ['stuck_point', one]),
    ...playbook.intents.filter(({ reply }) => uses(reply)).map((one): [Kind, { id: string }] => ['intent', one]),
    ...playbook.cards.filter((card) => card.id !== id && uses(card)).map((one): [Kind, { id: string }] => ['card', one]),
    ...playbook.flows.filter((flow) => flow.id !== id && uses(flow)).map((one): [Kind, { id: string }] => ['flow', one]),
  ];
  return html`<section aria-label=${say.usedBy}><h3>${say.usedBy}</h3>
    ${all.length > 0
      ? html`<ul class="uses">${all.map(([of, { id: user }]) => html`<li><a href=${address(of, user)}>${user}</a></li>`)}</ul>`
      : html`<p class="quiet">${say.unused}</p>`}
  </section>`;
}
