// The agents' page: the queue, the conversation, and what is known about the user's trouble.

import { html, nothing, render, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { facts } from './facts.ts';
import { focused } from './focus.ts';
import { Model } from './model.ts';
import { onceAFrame } from './once-a-frame.ts';
import { queue } from './queue.ts';
import { talk } from './talk.ts';
import { words } from './texts.ts';

/** How often waiting times are drawn again, in ms. */
const CLOCK = 10_000;

const root = document.getElementById('desk')!;
const model = new Model(onceAFrame(draw));

function draw(): void {
  document.documentElement.lang = model.language === 'zh' ? 'zh-CN' : 'en';
  const waiting = model.list?.filter(({ state }) => state === 'queued').length ?? 0;
  document.title = `${waiting ? `(${waiting}) ` : ''}${words(model.language).desk}`;
  render(model.agent ? desk() : door(), root);
}

function desk(): TemplateResult {
  const say = words(model.language);
  return html`
    <header>
      <h1><img src="icon.svg" alt="" width="26" height="26" />${say.desk}</h1>
      <span class="seat ${model.line}"><i></i>${model.line === 'online' ? say.agents(model.agents.length) : say.loading}</span>
      <span class="gap"></span>
      ${languages()}
      <button class="plain me" @click=${() => model.leave()} title=${say.change}>
        <b aria-hidden="true">${[...model.agent][0]}</b><span>${model.agent}</span>
      </button>
    </header>
    ${model.line === 'online' ? nothing : html`<p class="banner" role="status">${say.offline}</p>`}
    ${model.trouble
      ? html`<p class="banner bad" role="alert">
          ${say.failed(model.trouble)}<button class="plain" @click=${() => model.forgive()}>${say.dismiss}</button>
        </p>`
      : nothing}
    <main data-pane=${model.pane}>${queue(model)} ${talk(model)} ${facts(model)}</main>
  `;
}

function languages(): TemplateResult {
  const button = (language: 'zh' | 'en', label: string) => html`
    <button lang=${language} aria-pressed=${model.language === language} @click=${() => model.speak(language)}>${label}</button>
  `;
  return html`<div class="switch" role="group" aria-label="Language 语言">${button('zh', '中')}${button('en', 'EN')}</div>`;
}

/** Before an agent has said who they are. */
function door(): TemplateResult {
  const say = words(model.language);
  const sit = (event: SubmitEvent) => {
    event.preventDefault();
    model.sit(new FormData(event.target as HTMLFormElement).get('agent') as string);
  };
  return html`
    <form class="door" @submit=${sit}>
      ${languages()}
      <h1><img src="icon.svg" alt="" width="40" height="40" />${say.desk}</h1>
      <label for="agent">${say.name}</label>
      <input id="agent" name="agent" required maxlength="40" autocomplete="nickname" ${ref(focused)} />
      <button class="primary">${say.begin}</button>
    </form>
  `;
}

draw();
setInterval(draw, CLOCK);
