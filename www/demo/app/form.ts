// Fields with their errors, buttons that are busy, and the news at the foot of a form.

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { icon } from './icons.ts';
import { Refused } from './api.ts';
import { say } from './language.ts';
import { redraw } from './router.ts';

/** How far along a form of several screens is. */
export function progress(step: number, of: number): TemplateResult {
  const words = say(`第 ${step} 步，共 ${of} 步`, `Step ${step} of ${of}`);
  return html`<div class="progress" role="img" aria-label=${words}>${Array.from({ length: of }, (_, n) => html`<i class=${n < step ? 'on' : ''}></i>`)}</div>`;
}

/** What is wrong with a field: the app's code and the words. */
export interface Wrong {
  code: string;
  words: string;
}

export interface Field {
  id: string;
  label: string;
  value: string;
  wrong?: Wrong | undefined;
  hint?: string | undefined;
  mode?: 'text' | 'numeric' | 'decimal' | 'tel';
  autocomplete?: string;
  placeholder?: string;
  extra?: TemplateResult | typeof nothing;
  prefix?: string;
  input: (value: string, field: HTMLInputElement) => void;
}

export function field(f: Field): TemplateResult {
  const help = f.wrong ? `${f.id}.wrong` : f.hint ? `${f.id}.hint-text` : nothing;
  return html`
    <div class="field ${f.wrong ? 'is-wrong' : ''}">
      <label for=${f.id}>${f.label}</label>
      <div class="box">
        ${f.prefix ? html`<span class="prefix" aria-hidden="true">${f.prefix}</span>` : nothing}
        <input
          id=${f.id}
          data-unstuck=${f.id}
          data-unstuck-code=${f.wrong?.code ?? nothing}
          inputmode=${f.mode ?? 'text'}
          autocomplete=${f.autocomplete ?? 'off'}
          placeholder=${f.placeholder ?? ''}
          aria-invalid=${f.wrong ? 'true' : 'false'}
          aria-describedby=${help}
          .value=${live(f.value)}
          @input=${(event: Event) => f.input((event.target as HTMLInputElement).value, event.target as HTMLInputElement)}
        />
        ${f.extra ?? nothing}
      </div>
      ${f.wrong
        ? html`<p class="wrong" id="${f.id}.wrong" role="alert">${f.wrong.words}</p>`
        : f.hint
          ? html`<p class="hint" id="${f.id}.hint-text">${f.hint}</p>`
          : nothing}
    </div>
  `;
}

export interface Act {
  id: string;
  label: string;
  busy?: boolean;
  disabled?: boolean;
  kind?: 'primary' | 'plain' | 'quiet';
  type?: 'submit' | 'button';
  click?: () => void;
}

export function button(b: Act): TemplateResult {
  return html`
    <button
      class="button ${b.kind ?? 'primary'}"
      type=${b.type ?? 'button'}
      data-unstuck=${b.id}
      ?disabled=${b.disabled ?? b.busy ?? false}
      aria-busy=${b.busy ? 'true' : 'false'}
      @click=${b.click ?? nothing}
    >
      ${b.busy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}<span>${b.label}</span>
    </button>
  `;
}

/** Words about the whole form, such as a refusal of the server. */
export function notice(words: string, kind: 'bad' | 'calm' = 'bad'): TemplateResult | typeof nothing {
  if (!words) return nothing;
  return html`<p class="notice ${kind}" role="alert">${icon(kind === 'bad' ? 'cross' : 'clock')}<span>${words}</span></p>`;
}

/** Runs a call: busy while it lasts, and a refusal instead of an exception. */
export async function attempt(state: { busy: boolean }, run: () => Promise<void>): Promise<Refused | undefined> {
  if (state.busy) return undefined;
  state.busy = true;
  redraw();
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  } finally {
    state.busy = false;
    redraw();
  }
}

export function wrong(refused: Refused): Wrong {
  return { code: refused.code, words: refused.message };
}
