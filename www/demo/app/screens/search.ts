// Searching the app.

import { html, nothing } from 'lit-html';
import { api, type Hit } from '../api.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { redraw, type Screen } from '../router.ts';

/** A pause in typing after which the search is made, in ms. */
const PAUSE = 350;

const state = { asked: '', answered: '', hits: [] as Hit[] };
let timer: ReturnType<typeof setTimeout> | undefined;

export const search: Screen = {
  title: () => say('搜索', 'Search'),
  enter: () => Object.assign(state, { asked: '', answered: '', hits: [] }),
  view: () => html`
    <form class="page" data-unstuck="search.form" @submit=${(e: Event) => { e.preventDefault(); void ask(); }}>
      <label class="search">
        ${icon('search')}
        <span class="visually-hidden">${say('搜索', 'Search')}</span>
        <input type="search" data-unstuck="search.field" data-unstuck-search placeholder=${say('搜功能、商家', 'Features and shops')} .value=${state.asked} @input=${typed} />
      </label>
      ${state.answered
        ? html`<div class="list" data-unstuck-results=${state.hits.length}>
            ${state.hits.map((hit) => html`<a class="row" href=${hit.href} data-unstuck="search.hit"><span class="disc">${icon(hit.icon)}</span><span class="row-main"><b>${say(hit.zh, hit.en)}</b></span>${icon('chevron')}</a>`)}
            ${state.hits.length === 0 ? html`<p class="empty" role="status">${say(`没有找到“${state.answered}”`, `Nothing found for “${state.answered}”`)}</p>` : nothing}
          </div>`
        : html`<div class="chips">${[say('绑卡', 'Add a card'), say('限额', 'Limits'), say('回单', 'Receipt'), say('付款码', 'Pay code')].map((word) => html`
            <button class="chip" type="button" data-unstuck="search.idea" @click=${() => { state.asked = word; void ask(); }}>${word}</button>`)}</div>`}
    </form>
  `,
};

function typed(event: Event): void {
  state.asked = (event.target as HTMLInputElement).value;
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), PAUSE);
}

async function ask(): Promise<void> {
  clearTimeout(timer);
  const asked = state.asked.trim();
  const hits = asked ? await api.search(asked).catch(() => []) : [];
  if (asked !== state.asked.trim()) return;
  Object.assign(state, { answered: asked, hits });
  redraw();
}
