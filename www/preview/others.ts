// The pages without phones: the whole playbook, a journey, the hours.

import { html, nothing, type TemplateResult } from 'lit-html';
import { causes } from '../desk/texts.ts';
import type { Playbook } from './contract.ts';
import { address, LISTS, type Model } from './model.ts';
import { each } from './parts.ts';
import { tag, words } from './texts.ts';

export function overview(model: Model, playbook: Playbook): TemplateResult {
  const say = words(model.language);
  const titles = [say.journeys, say.stuckPoints, say.cards, say.guides, say.flows, say.intents, say.escalations];
  return html`<article>
    <h2 tabindex="-1">${playbook.id}</h2>
    <p class="hint">${say.pick}</p>
    <dl class="counts">${Object.values(LISTS).map((list, i) => html`<div><dt>${titles[i]}</dt><dd>${playbook[list].length}</dd></div>`)}</dl>
    ${playbook.journeys.map(({ id, scenario }) => html`<section><h3><a href=${address('journey', id)}>${model.text(scenario)}</a></h3>${steps(model, playbook, id)}</section>`)}
  </article>`;
}

export function journey(model: Model, playbook: Playbook, id: string): TemplateResult {
  const way = playbook.journeys.find((one) => one.id === id)!;
  const place = model.place({ kind: 'journey', id });
  return html`<article>
    <p class="crumbs">${model.text(way.product)}</p>
    <h2 tabindex="-1">${each(playbook, way.scenario, 'span')}</h2>
    <p class="facts"><code>${id}</code>${place ? html`<span>${words(model.language).inPlace} <code>${place.file}:${place.line}</code></span>` : nothing}</p>
    ${steps(model, playbook, id)}
  </article>`;
}

function steps(model: Model, playbook: Playbook, id: string): TemplateResult {
  const say = words(model.language);
  const way = playbook.journeys.find((one) => one.id === id)!;
  return html`<ol class="steps">
    ${way.steps.map((step) => {
      const points = playbook.stuck_points.filter((point) => point.step === step.id);
      return html`<li><h4>${model.text(step.title)}</h4>
        ${points.length === 0 ? html`<p class="quiet">${say.noPoint}</p>` : html`<ul class="uses">
          ${points.map((point) => html`<li><a href=${address('stuck_point', point.id)}>${model.text(point.title)}</a> <small>${causes[model.language][point.cause]}</small></li>`)}
        </ul>`}
      </li>`;
    })}
  </ol>`;
}

export function hours(model: Model, playbook: Playbook): TemplateResult {
  const say = words(model.language);
  const { week, utc_offset_minutes: offset, text } = playbook.hours;
  const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const zone = `${offset < 0 ? '−' : '+'}${clock(Math.abs(offset))}`;
  return html`<article>
    <h2 tabindex="-1">${say.hours}</h2>
    <p class="facts">${say.zone(zone)}</p>
    <section aria-label=${say.said}><h3>${say.said}</h3>
    <div class="columns">${playbook.languages.map((language) => html`<p class="text" lang=${tag(language)}>${text[language] ?? '—'}</p>`)}</div></section>
    <table>
      <thead><tr><th scope="col">${say.day}</th><th scope="col">${say.onDuty}</th></tr></thead>
      <tbody>${week.map((spans, day) => html`<tr><th scope="row">${say.week[day]}</th>
        <td>${spans.length > 0 ? spans.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', ') : say.closed}</td></tr>`)}</tbody>
    </table>
  </article>`;
}
