// The way to everything in the playbook, with what is wrong marked at its place.

import { html, nothing, type TemplateResult } from 'lit-html';
import { causes } from '../desk/texts.ts';
import type { Kind, Playbook, Selected, Text } from './contract.ts';
import { address, LISTS, type Model } from './model.ts';
import { words } from './texts.ts';

export function contents(model: Model, playbook: Playbook): TemplateResult {
  const say = words(model.language);
  const named = (kind: Kind, items: { id: string; title?: Text }[]) =>
    items.map(({ id, title }) => link(model, { kind, id }, title ? model.text(title) : id)).filter(Boolean);
  const groups: [string, Kind[], (TemplateResult | null)[]][] = [
    [say.journeys, ['journey', 'stuck_point'], journeys(model, playbook)],
    [say.intents, ['intent'], named('intent', playbook.intents)],
    [say.cards, ['card'], named('card', playbook.cards)],
    [say.flows, ['flow'], named('flow', playbook.flows)],
    [say.guides, ['guide'], named('guide', playbook.guides)],
    [say.escalations, ['escalation'], named('escalation', playbook.escalations)],
    [say.hours, ['hours'], [link(model, { kind: 'hours', id: '' }, say.hours)].filter(Boolean)],
  ];
  const found = groups.some(([, , links]) => links.length > 0);
  return html`
    <nav id="contents" aria-label=${say.menu} @keydown=${walk}>
      <label class="find"><span class="unseen">${say.filter}</span>
        <input type="search" placeholder=${say.filter} .value=${model.filter} @input=${(event: Event) => model.set({ filter: (event.target as HTMLInputElement).value })} />
      </label>
      ${groups.map(([title, kinds, links]) => group(model, title, kinds, links))}
      <p class="quiet" role="status">${found ? '' : say.nothingFound}</p>
    </nav>
  `;
}

function group(model: Model, title: string, kinds: Kind[], links: (TemplateResult | null)[]): TemplateResult | typeof nothing {
  if (links.length === 0 && model.filter) return nothing;
  const here = !!model.selected && kinds.includes(model.selected.kind);
  if (kinds[0] === 'hours') return html`<ul class="single">${links}</ul>`;
  const first = !model.selected && kinds[0] === 'journey';
  return html`
    <details ?open=${here || first || model.filter !== ''}>
      <summary>${title}</summary>
      ${links.length > 0 ? html`<ul>${links}</ul>` : html`<p class="quiet">${words(model.language).empty}</p>`}
    </details>
  `;
}

/** Journey, step, stuck point. A step stays while one of its stuck points is found. */
function journeys(model: Model, playbook: Playbook): TemplateResult[] {
  return playbook.journeys.flatMap((journey) => {
    const steps = journey.steps.flatMap((step) => {
      const points = playbook.stuck_points
        .filter((point) => point.step === step.id)
        .map(({ id, title, cause }) => link(model, { kind: 'stuck_point', id }, model.text(title), causes[model.language][cause]))
        .filter(Boolean);
      if (points.length === 0 && model.filter) return [];
      return [html`<li><span class="step" title=${step.id}>${model.text(step.title)}</span>${points.length > 0 ? html`<ul>${points}</ul>` : nothing}</li>`];
    });
    if (steps.length === 0 && model.filter) return [];
    return [html`<li class="journey">${anchor(model, { kind: 'journey', id: journey.id }, model.text(journey.scenario))}<ul>${steps}</ul></li>`];
  });
}

/** None where the filter leaves it out. */
function link(model: Model, to: Selected, title: string, beside = ''): TemplateResult | null {
  const wanted = model.filter.trim().toLowerCase();
  const item = to.kind === 'hours' ? undefined : model.state?.playbook?.[LISTS[to.kind]].find(({ id }) => id === to.id);
  const all = `${title} ${beside} ${JSON.stringify(item ?? '')}`.toLowerCase();
  return all.includes(wanted) ? html`<li>${anchor(model, to, title, beside)}</li>` : null;
}

function anchor(model: Model, to: Selected, title: string, beside = ''): TemplateResult {
  const say = words(model.language);
  const here = model.selected?.kind === to.kind && model.selected.id === to.id;
  const worst = severity(model, to);
  return html`<a href=${address(to.kind, to.id)} title=${to.id} aria-current=${here ? 'page' : nothing}>
    <span>${title}</span>${worst ? html`<b class=${worst} role="img" aria-label=${say[worst]}>!</b>` : nothing}${beside ? html`<small>${beside}</small>` : nothing}
  </a>`;
}

function severity({ state }: Model, { kind, id }: Selected): 'error' | 'warning' | undefined {
  if (!state?.current || kind === 'hours') return undefined;
  const at = state.playbook?.[LISTS[kind]].findIndex((item) => item.id === id);
  const place = `/${LISTS[kind]}/${at}`;
  return state.findings.find((finding) => finding.place === place || finding.place.startsWith(`${place}/`))?.severity;
}

/** Arrow keys go from link to link. */
function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !(event.target instanceof HTMLElement)) return;
  const stops = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('input, summary, a')].filter((el) => el.checkVisibility());
  const next = stops[stops.indexOf(event.target) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
