// A flow, drawn as the tree of its steps; a step sends the phones there.

import { html, nothing, type TemplateResult } from 'lit-html';
import type { Flow, Move, Node, Playbook } from './contract.ts';
import { address, type Model } from './model.ts';
import { each } from './parts.ts';
import { words } from './texts.ts';
import { grow, reached, type Branch, type Edge, type Tree } from './tree.ts';

/** `before` are the taps that begin the flow. */
export function flowView(model: Model, playbook: Playbook, flow: Flow, before: Move[]): TemplateResult {
  const say = words(model.language);
  const tree = grow(flow, playbook.tools);
  const known = tree ? reached(tree) : new Set();
  const lost = flow.nodes.filter(({ id }) => !known.has(id));
  return html`
    <section aria-label=${say.flow}>
      <h3>${say.flow} <a href=${address('flow', flow.id)}><code>${flow.id}</code></a></h3>
      <p class="hint">${say.flowHint}</p>
      ${tree ? html`<ul class="tree">${drawn(model, playbook, { edge: { to: tree.node.id, moves: [] }, tree }, before)}</ul>` : html`<p class="quiet">${say.empty}</p>`}
      ${lost.length > 0 ? html`<p class="lost">${say.unreached} ${lost.map(({ id }) => html`<code>${id}</code> `)}</p>` : nothing}
    </section>
  `;
}

function drawn(model: Model, playbook: Playbook, { edge, tree }: Branch, before: Move[]): TemplateResult {
  const say = words(model.language);
  if (!tree) return html`<li>${edgeOf(playbook, edge)}<p class="goes">↩ ${say.goesTo} <code>${edge.to}</code></p></li>`;
  const { node, moves, branches } = tree;
  const here = model.talk[playbook.languages[0] ?? 'en']?.node === node.id;
  return html`<li>
    ${edgeOf(playbook, edge)}
    <div class="node ${node.do}" aria-current=${here ? 'step' : nothing}>
      <button @click=${() => model.visit([...before, ...moves])}>${say.nodes[node.do]} <code>${node.id}</code></button>
      ${told(model, playbook, node)}
    </div>
    ${branches.length > 0 ? html`<ul>${branches.map((branch) => drawn(model, playbook, branch, before))}</ul>` : nothing}
  </li>`;
}

function edgeOf(playbook: Playbook, { label, outcome }: Edge): TemplateResult | typeof nothing {
  if (label) return html`<div class="edge">${each(playbook, label, 'span')}</div>`;
  return outcome ? html`<div class="edge outcome"><code>${outcome}</code></div>` : nothing;
}

function told(model: Model, playbook: Playbook, node: Node): TemplateResult | typeof nothing {
  const say = words(model.language);
  switch (node.do) {
    case 'say':
      return html`${each(playbook, node.text)}${node.card ? html`<p class="more"><a href=${address('card', node.card)}>${cardTitle(model, playbook, node.card)}</a></p>` : nothing}`;
    case 'choose':
      return html`${each(playbook, node.text)}`;
    case 'slot':
      return html`${each(playbook, node.text)}
        <p class="more">${say.accepts} ${say.takes[node.accept]} <code>{${node.slot}}</code>; ${say.retry}:</p>${each(playbook, node.retry)}`;
    case 'tool': {
      const tool = playbook.tools.find(({ id }) => id === node.tool);
      return html`${tool ? each(playbook, tool.title) : html`<p class="text"><code>${node.tool}</code></p>`}
        <p class="more">${tool?.confirm ? `${say.confirm}:` : say.nothingAsked}</p>${tool?.confirm ? each(playbook, tool.confirm) : nothing}`;
    }
    case 'guide':
      return html`<p class="more"><a href=${address('guide', node.guide)}>${node.guide}</a></p>`;
    case 'human':
      return nothing;
  }
}

function cardTitle(model: Model, playbook: Playbook, id: string): string {
  const card = playbook.cards.find((one) => one.id === id);
  return card ? model.text(card.title) : id;
}
