// The bank cards in the wallet.

import { html, type TemplateResult } from 'lit-html';
import type { Card } from '../api.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { redraw, type Screen } from '../router.ts';
import { load, store } from '../store.ts';

const BANKS: Record<string, [string, string]> = {
  icbc: ['工商银行', 'ICBC'],
  ccb: ['建设银行', 'CCB'],
  abc: ['农业银行', 'ABC'],
  cmb: ['招商银行', 'CMB'],
  boc: ['中国银行', 'Bank of China'],
  visa: ['Visa 卡', 'Visa'],
};

export function bankName(bank: string): string {
  return say(...(BANKS[bank] ?? BANKS.boc!));
}

export const cards: Screen = {
  tab: 'cards',
  title: () => say('银行卡', 'Cards'),
  enter: () => void load('cards').then(redraw),
  view: () => html`
    <div class="page">
      <h1 class="big" tabindex="-1">${say('银行卡', 'Cards')}</h1>
      <div class="stack">${store.cards ? store.cards.map(plastic) : html`<div class="plastic skeleton"></div>`}</div>
      <a class="button primary" href="/cards/new" data-unstuck="cards.add">${icon('plus')}<span>${say('添加银行卡', 'Add a card')}</span></a>
      <p class="hint centre">${say('信息加密传输，仅用于身份核验', 'Encrypted, and used only to check that it is yours')}</p>
    </div>
  `,
};

function plastic({ bank, last_four }: Card): TemplateResult {
  return html`
    <article class="plastic ${bank}">
      <header><b>${bankName(bank)}</b><span>${say('储蓄卡', 'Debit')}</span></header>
      <p><span aria-hidden="true">•••• •••• ••••</span> ${last_four}</p>
    </article>
  `;
}
