// The stage: trouble to plant on the left, the wallet in the middle, the live explanation on the right.

import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { Explanation } from 'unstuck';
import { icon } from '../app/icons.ts';
import { apply, change, KEY as PREFERENCES, preferences, say } from '../app/language.ts';
import { beliefs, gauge, scales, signals, strip } from './picture.ts';
import { fold, nothingYet } from './thinking.ts';
import { titlesOfBundle } from './titles.ts';
import { groups, type Plant, type Trouble } from './troubles.ts';

/** How often the picture moves on by itself, in ms. */
const FRAME = 500;

let thinking = nothingYet();
let planted: Partial<Record<Trouble, boolean>> = {};
let drawer: 'none' | 'trouble' | 'thinking' = 'none';
let running = false;
let titles = { stuckPoint: (id: string) => id, step: (id: string) => id };
const stage = document.getElementById('stage')!;

function draw(): void {
  render(view(), stage);
}

function view(): TemplateResult {
  return html`
    <header class="bar">
      <span class="mark">${icon('shield')}<b>Unstuck</b><small>${say('在出声求助之前，就知道您卡在哪', 'knows where people are stuck before they say so')}</small></span>
      <nav>
        <button type="button" @click=${() => { change({ language: preferences.language === 'zh' ? 'en' : 'zh' }); again(); }}>${say('English', '中文')}</button>
        <button type="button" @click=${() => { change({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }); again(); }}>${icon('moon')}<span class="visually-hidden">${say('深浅色', 'Light or dark')}</span></button>
        <a class="desk" href="/desk/" target="_blank" rel="noopener">${say('打开客服工作台', "Open the agent's desk")}</a>
      </nav>
    </header>
    <aside class="troubles ${drawer === 'trouble' ? 'is-open' : ''}" aria-label=${say('埋设故障', 'Plant trouble')}>
      <header><h2>${say('埋个故障', 'Plant some trouble')}</h2><button type="button" @click=${reset}>${say('全部复原', 'Reset')}</button></header>
      ${groups.map(({ name, plants }) => html`<section><h3>${say(...name)}</h3><div class="plants">${plants.map(plant)}</div></section>`)}
    </aside>
    <div class="device"><iframe src="/" title=${say('演示钱包', 'The demo wallet')} allow="clipboard-write" @load=${follow}></iframe></div>
    <aside class="thinking ${drawer === 'thinking' ? 'is-open' : ''}" aria-label=${say('实时思考', 'Live thinking')}>
      ${gauge(thinking, titles)}
      <h2>${say('看到的信号', 'Signals seen')}</h2>
      ${signals(thinking)}
      <h2>${say('猜卡在哪', 'Where it may be')}</h2>
      ${beliefs(thinking, titles)}
      <h2>${say('要不要开口', 'To speak or not')}</h2>
      ${scales(thinking)}
      ${strip(thinking)}
      <p class="foot"><i class=${running ? 'on' : ''}></i>${running ? say(`引擎在本机运行 · ${thinking.events} 个事件 · 0 个离开设备`, `Runs on this device · ${thinking.events} events · none leave it`) : say('引擎还没有启动', 'The engine has not started')}</p>
    </aside>
    <nav class="drawers">
      ${opener('trouble', 'cross', say('故障', 'Trouble'))}${opener('thinking', 'eye', say('思考', 'Thinking'))}
    </nav>
    ${drawer === 'none' ? nothing : html`<button class="scrim" type="button" aria-label=${say('关闭', 'Close')} @click=${() => open('none')}></button>`}
  `;
}

function plant({ id, icon: name, name: title, meet, at }: Plant): TemplateResult {
  const on = planted[id] === true;
  return html`
    <button class="plant" type="button" aria-pressed=${on} @click=${() => void toggle(id, at)}>
      <span class="leaf">${icon(name)}</span><span><b>${say(...title)}</b><small>${say(...meet)}</small></span>
    </button>
  `;
}

function opener(which: 'trouble' | 'thinking', name: string, label: string): TemplateResult {
  return html`<button type="button" aria-expanded=${drawer === which} @click=${() => open(drawer === which ? 'none' : which)}>${icon(name)}${label}</button>`;
}

function open(which: typeof drawer): void {
  drawer = which;
  draw();
}

async function toggle(id: Trouble, at: string): Promise<void> {
  planted = { ...planted, [id]: !planted[id] };
  draw();
  await plantAll();
  const wallet = frame();
  if (planted[id] && wallet) wallet.location.assign(at);
  open('none');
}

async function plantAll(): Promise<void> {
  const body = JSON.stringify(planted);
  const answer = await fetch('/api/trouble', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (answer.ok) planted = (await answer.json()) as typeof planted;
}

async function reset(): Promise<void> {
  planted = {};
  thinking = nothingYet();
  await plantAll();
  again();
}

/** The wallet anew, as after the user opens it again. */
function again(): void {
  draw();
  frame()?.location.assign('/');
}

function frame(): Window | null | undefined {
  return stage.querySelector('iframe')?.contentWindow;
}

/** Each document of the wallet is listened to afresh. */
function follow(): void {
  running = false;
  const wallet = frame();
  wallet?.addEventListener('unstuck:explain', (event) => {
    running = true;
    fold(thinking, (event as CustomEvent<Explanation>).detail);
    draw();
  });
}

apply();
draw();
setInterval(draw, FRAME);
// Language and theme, changed in the wallet's own settings.
addEventListener('storage', ({ key }) => key === PREFERENCES && location.reload());
void titlesOfBundle().then((words) => { titles = words; draw(); });
void fetch('/api/trouble').then(async (answer) => {
  if (answer.ok) planted = (await answer.json()) as typeof planted;
  draw();
});
