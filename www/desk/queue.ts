// The list: who waits, who is being helped, which messages were left, what is over.

import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Summary } from './contract.ts';
import type { Model } from './model.ts';
import { states, titled, words } from './texts.ts';
import { ago } from './time.ts';

const MISSED = new Set(['message_left', 'unavailable', 'expired']);

export function queue(model: Model): TemplateResult {
  const say = words(model.language);
  const { list } = model;
  if (!list) return html`<nav class="queue" aria-busy="true"><p class="empty">${say.loading}</p></nav>`;
  const waiting = list.filter(({ state }) => state === 'queued');
  const talking = list.filter(({ state }) => state === 'assigned' || state === 'live');
  const left = list.filter(({ state, handled }) => MISSED.has(state) && !handled);
  const over = list.filter((one) => ![waiting, talking, left].some((group) => group.includes(one)));
  return html`
    <nav class="queue" aria-label=${say.desk} @keydown=${walk}>
      ${group(model, say.waiting, waiting, say.noneWaiting)} ${group(model, say.withAgents, talking)}
      ${group(model, say.left, left)}
      ${over.length === 0
        ? nothing
        : html`<details ?open=${over.some(({ key }) => key === model.selected)}>
            <summary>${say.over}<span class="count">${over.length}</span></summary>
            ${rows(model, over)}
          </details>`}
    </nav>
  `;
}

function group(model: Model, title: string, list: Summary[], none = ''): TemplateResult | typeof nothing {
  if (list.length === 0 && !none) return nothing;
  return html`
    <section>
      <h2>${title}<span class="count">${list.length}</span></h2>
      ${list.length === 0 ? html`<p class="none">${none}</p>` : rows(model, list)}
    </section>
  `;
}

function rows(model: Model, list: Summary[]): TemplateResult {
  return html`<ul>
    ${repeat(list, ({ key }) => key, (one) => html`<li>${row(model, one)}</li>`)}
  </ul>`;
}

function row(model: Model, one: Summary): TemplateResult {
  const say = words(model.language);
  const since = one.state === 'queued' ? one.asked_at : one.changed_at;
  return html`
    <button class="row" data-key=${one.key} aria-current=${one.key === model.selected ? 'true' : 'false'} @click=${() => model.select(one.key)}>
      <span class="line"><b>${titled(one, model.language)}</b><time>${ago(since, model.language)}</time></span>
      <span class="line">
        <span class="last">${one.last || states[model.language][one.state]}</span>
        ${model.unread(one) ? html`<span class="dot" role="img" aria-label=${say.newMessage}></span>` : nothing}
      </span>
      <span class="line tags">
        <span class="tag ${one.state}">${one.state === 'queued' && one.position ? say.place(one.position) : states[model.language][one.state]}</span>
        ${one.priority === 1 ? html`<span class="tag urgent">${say.urgent}</span>` : nothing}
        ${one.agent ? html`<span class="who">${one.agent === model.agent ? say.you : one.agent}</span>` : nothing}
        <span class="who">${one.language === 'zh' ? '中文' : 'English'}</span>
      </span>
    </button>
  `;
}

/** Up and down move through the list, as in any mail program. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.row')].filter((one) => one.offsetParent);
  const here = list.indexOf(document.activeElement as HTMLElement);
  const next = step && here >= 0 ? list[here + step] : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
}
