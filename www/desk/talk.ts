// The conversation: what was said before, what is said now, and the answer.

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { createRef, ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Detail, Frame, Speaker } from './contract.ts';
import { focused } from './focus.ts';
import type { Model, Outgoing } from './model.ts';
import { happened, titled, words } from './texts.ts';
import { clock } from './time.ts';

/** Closer to the end than this, new words keep the log at its end, in CSS pixels. */
const NEAR_END = 120;

const log = createRef<HTMLElement>();
let shown = '';

export function talk(model: Model): TemplateResult {
  const say = words(model.language);
  const { detail } = model;
  if (!model.selected) {
    const quiet = model.list?.length === 0;
    return html`<section class="talk"><div class="empty">
      <strong>${quiet ? say.quiet : say.pick}</strong><span>${quiet ? say.quietHint : say.pickHint}</span>
    </div></section>`;
  }
  if (!detail) return html`<section class="talk" aria-busy="true"><p class="empty">${say.loading}</p></section>`;
  const waits = model.outbox.filter(({ key }) => key === detail.summary.key);
  keepAtEnd(detail, waits);
  const { message, conversation } = detail.package;
  return html`
    <section class="talk" aria-label=${detail.summary.title}>
      ${head(model, detail)}
      <div class="log" role="log" tabindex="0" aria-label=${detail.summary.title} ${ref(log)}>
        ${conversation.length > 0 ? html`<p class="divider">${say.before}</p>` : nothing}
        ${conversation.map((line) => bubble(model, line.from, '', line.text, line.t))}
        ${message ? html`<p class="divider">${say.message}</p>${bubble(model, 'user', '', message, detail.package.t)}` : nothing}
        ${repeat(detail.frames, ({ seq }) => seq, (frame) => line(model, frame))}
        ${repeat(waits, ({ id }) => id, (one) => outgoing(model, one))}
      </div>
      ${foot(model, detail)}
    </section>
  `;
}

function head(model: Model, { summary }: Detail): TemplateResult {
  const say = words(model.language);
  const waits = summary.state === 'queued' || summary.state === 'expired';
  const missed = ['message_left', 'unavailable', 'expired'].includes(summary.state);
  return html`
    <div class="head">
      <button class="plain phone" @click=${() => model.to('list')} aria-label=${say.back}>‹</button>
      <h2>${titled(summary, model.language)}</h2>
      <button class="plain phone" @click=${() => model.to('facts')}>${say.facts}</button>
      ${waits ? html`<button class="primary" @click=${() => model.act('take')}>${say.take}</button>` : nothing}
      ${model.mine && !model.asking
        ? html`<button @click=${() => model.ask('return')}>${say.giveBack}</button><button @click=${() => model.ask('end')}>${say.end}</button>`
        : nothing}
      ${missed && !summary.handled ? html`<button @click=${() => model.handle()}>${say.handled}</button>` : nothing}
      ${summary.handled ? html`<span class="tag">${say.isHandled}</span>` : nothing}
    </div>
    ${model.asking ? confirm(model, model.asking) : nothing}
  `;
}

function confirm(model: Model, what: 'end' | 'return'): TemplateResult {
  const say = words(model.language);
  return html`
    <div class="confirm" role="alertdialog" aria-label=${what === 'end' ? say.sureEnd : say.sureReturn}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && model.ask(undefined)}>
      <span>${what === 'end' ? say.sureEnd : say.sureReturn}</span>
      <button ${ref(focused)} @click=${() => model.ask(undefined)}>${say.keep}</button>
      <button class="danger" @click=${() => model.act(what)}>${what === 'end' ? say.end : say.giveBack}</button>
    </div>
  `;
}

function line(model: Model, frame: Frame): TemplateResult | typeof nothing {
  if (frame.type === 'message') return bubble(model, frame.from, frame.name, frame.text, frame.t);
  if (frame.update.state === 'live') return nothing; // The first answer follows and says it.
  const { state, agent } = frame.update;
  const who = agent === model.agent ? words(model.language).you : agent;
  return html`<p class="divider">${happened[model.language][state](who)} · ${clock(frame.t, model.language)}</p>`;
}

function bubble(model: Model, from: Speaker, name: string, text: string, t: number): TemplateResult {
  const say = words(model.language);
  const who = from === 'user' ? say.user : from === 'bot' ? say.bot : name === model.agent ? say.you : name;
  return html`<div class="said ${from}"><p>${text}</p><small>${who} · ${clock(t, model.language)}</small></div>`;
}

function outgoing(model: Model, one: Outgoing): TemplateResult {
  const say = words(model.language);
  return html`
    <div class="said agent ${one.state}">
      <p>${one.text}</p>
      <small>${one.state === 'failed' ? html`${say.notSent} <button class="plain" @click=${() => model.retry(one)}>${say.retry}</button>` : say.sending}</small>
    </div>
  `;
}

function foot(model: Model, { summary }: Detail): TemplateResult | typeof nothing {
  const say = words(model.language);
  if (summary.state === 'queued') return html`<p class="foot">${say.takeFirst}</p>`;
  if (summary.state !== 'assigned' && summary.state !== 'live') return nothing;
  if (!model.mine) return html`<p class="foot">${say.takenBy(summary.agent)}</p>`;
  const { key } = summary;
  const send = (field: HTMLTextAreaElement) => {
    model.say(field.value);
    field.focus();
  };
  const typed = ({ target }: Event) => model.drafts.set(key, (target as HTMLTextAreaElement).value);
  const pressed = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a candidate.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(event.target as HTMLTextAreaElement);
  };
  const submitted = (event: SubmitEvent) => {
    event.preventDefault();
    send((event.target as HTMLFormElement).elements.namedItem('answer') as HTMLTextAreaElement);
  };
  return html`
    <form class="answer" @submit=${submitted}>
      <textarea name="answer" rows="2" maxlength="4000" aria-label=${say.write} placeholder=${say.write}
        .value=${live(model.drafts.get(key) ?? '')} @input=${typed} @keydown=${pressed}></textarea>
      <button class="primary">${say.send}</button>
    </form>
  `;
}

/** Follows the conversation, unless the agent has scrolled up to read. */
function keepAtEnd(detail: Detail, waits: Outgoing[]): void {
  const now = `${detail.summary.key} ${detail.frames.length} ${waits.length}`;
  const before = log.value;
  const follow = !before || !shown.startsWith(`${detail.summary.key} `) || before.scrollHeight - before.scrollTop - before.clientHeight < NEAR_END;
  if (now === shown) return;
  shown = now;
  if (follow) queueMicrotask(() => log.value?.scrollTo({ top: log.value.scrollHeight }));
}
