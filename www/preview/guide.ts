// A guide: its steps in words, each to be seen on the phones' page.

import { html, nothing, type TemplateResult } from 'lit-html';
import type { Move, Playbook } from './contract.ts';
import { address, type Model } from './model.ts';
import { each } from './parts.ts';
import { words } from './texts.ts';

/** `before` are the taps that begin the guide. */
export function guideView(model: Model, playbook: Playbook, id: string, before: Move[]): TemplateResult | typeof nothing {
  const guide = playbook.guides.find((one) => one.id === id);
  if (!guide) return nothing;
  const say = words(model.language);
  const shown = Object.values(model.talk).some((heard) => heard.guide?.guide === id) ? model.at : null;
  return html`
    <section aria-label=${say.guide}>
      <h3>${say.guide} <a href=${address('guide', id)}><code>${id}</code></a></h3>
      <p class="hint">${say.guideHint}</p>
      <ol class="guide">
        ${guide.steps.map((step, at) => html`<li aria-current=${shown === at ? 'step' : nothing}>
          ${each(playbook, step.text)}
          <p class="more"><button aria-label=${say.showStep(at + 1)} @click=${() => model.visit(before, at)}>${at + 1}</button> <code>${step.target}</code></p>
        </li>`)}
      </ol>
    </section>
  `;
}
