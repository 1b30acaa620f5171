// The preview of a playbook: contents, what is wrong, and the item that is looked at.

import { html, nothing, render, type TemplateResult } from 'lit-html';
import { onceAFrame } from '../desk/once-a-frame.ts';
import type { Finding } from './contract.ts';
import { item } from './items.ts';
import { contents } from './contents.ts';
import { chinese } from './findings.ts';
import { Model, type Theme } from './model.ts';
import { Phones } from './phone.ts';
import { names, tag, words } from './texts.ts';

const root = document.getElementById('preview')!;
const model = new Model(onceAFrame(draw));
const phones = new Phones((_frame, did) => model.told(did));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
/** Another item was just picked, or the first is drawn. */
let arrives = true;
addEventListener('hashchange', () => (arrives = true));
draw();

function draw(): void {
  const say = words(model.language);
  document.documentElement.lang = tag(model.language);
  document.documentElement.dataset.theme = model.dark ? 'dark' : 'light';
  document.documentElement.toggleAttribute('data-elder', model.elder);
  document.title = [model.selected?.id, model.state?.playbook?.id, say.preview].filter(Boolean).join(' · ');
  render(page(), root);
  if (arrives && model.state) arrive();
}

/** To the item's beginning; the focus stays in the contents, so that arrow keys go on there. */
function arrive(): void {
  arrives = false;
  const links = document.querySelector('nav');
  (matchMedia('(max-width: 820px)').matches ? window : document.querySelector('main'))?.scrollTo(0, 0);
  links?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  const { activeElement } = document;
  if (activeElement === document.body || (links?.contains(activeElement) && links.checkVisibility())) return;
  document.querySelector<HTMLElement>('main h2')?.focus({ preventScroll: true });
}

function page(): TemplateResult {
  const say = words(model.language);
  const { state } = model;
  return html`
    <header class="top">
      <button class="menu" aria-expanded=${model.menu} aria-controls="contents" @click=${() => model.set({ menu: !model.menu })}>${say.menu}</button>
      <h1><a href="#/"><img src="icon.svg" alt="" width="24" height="24" /><span>${say.preview}</span></a>${state ? html` <code>${state.source}</code>` : nothing}</h1>
      <span class="gap"></span>
      ${switches()}
    </header>
    ${model.online ? nothing : html`<p class="banner warning" role="status">${say.lost}</p>`} ${state ? findings(state.findings, !!state.playbook) : nothing}
    <div class="body" data-menu=${model.menu ? 'open' : 'shut'}>
      ${state?.playbook ? contents(model, state.playbook) : nothing}
      <main>${state?.playbook ? item(model, state.playbook, phones) : html`<p class="quiet">${state ? '' : say.loading}</p>`}</main>
    </div>
  `;
}

function switches(): TemplateResult {
  const say = words(model.language);
  return html`
    <label class="pick"><span class="unseen">${say.theme}</span>
      <select @change=${(event: Event) => model.wear((event.target as HTMLSelectElement).value as Theme)}>
        ${(['auto', 'light', 'dark'] as const).map((theme) => html`<option value=${theme} ?selected=${model.theme === theme}>${say.themes[theme]}</option>`)}
      </select>
    </label>
    <button class="elder" aria-pressed=${model.elder} title=${say.elderHint} @click=${() => model.age(!model.elder)}><span class="long">${say.elder}</span><span class="short" aria-hidden="true">Aa</span></button>
    <div class="switch" role="group" aria-label=${say.language}>
      ${(['zh', 'en'] as const).map((language) => html`
        <button lang=${tag(language)} aria-label=${names[language]} aria-pressed=${model.language === language} @click=${() => model.speak(language)}>${language === 'zh' ? '中' : 'EN'}</button>`)}
    </div>
  `;
}

/** What `unstuck check` says: errors in full, warnings behind their number. */
function findings(all: Finding[], shown: boolean): TemplateResult {
  const say = words(model.language);
  const of = (severity: Finding['severity']) => all.filter((finding) => finding.severity === severity);
  const [errors, warnings] = [of('error'), of('warning')];
  return html`
    <div role="alert">${errors.length > 0
      ? html`<section class="banner error"><p>${shown ? say.broken(errors.length) : say.brokenFirst(errors.length)}</p>${list(errors)}</section>`
      : nothing}</div>
    ${warnings.length > 0 ? html`<details class="banner warning"><summary>${say.warnings(warnings.length)}</summary>${list(warnings)}</details>` : nothing}
  `;
}

function list(all: Finding[]): TemplateResult {
  return html`<ul class="findings">
    ${all.map(({ file, line, column, what, mend }) => html`<li>${file ? html`<code>${file}:${line}:${column}</code> ` : nothing}${sentence(what)}${model.language === 'zh' ? '：' : ': '}${sentence(mend, 'mend')}</li>`)}
  </ul>`;
}

/** In the page's language; what no table has a Chinese sentence for is said in English. */
function sentence(words: string, kind = ''): TemplateResult {
  const zh = model.language === 'zh' ? chinese(words) : undefined;
  return html`<span class=${kind} lang=${tag(zh ? 'zh' : 'en')}>${zh ?? words}</span>`;
}
