// The list of orders, and one of them with its receipt.

import { html, nothing, type TemplateResult } from 'lit-html';
import { api, type Order, type Status } from '../api.ts';
import { day, money } from '../format.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { redraw, type Screen } from '../router.ts';
import { load, store } from '../store.ts';
import { bankName } from './cards.ts';
import { refundable } from './refunds.ts';

const FILTERS = [
  ['all', '全部', 'All', () => true],
  ['shops', '消费', 'Shops', (order: Order) => order.icon !== 'transfer'],
  ['transfers', '转账', 'Transfers', (order: Order) => order.icon === 'transfer'],
  ['refunds', '退款', 'Refunds', (order: Order) => order.status.startsWith('refund')],
] as const;
let filter: (typeof FILTERS)[number][0] = 'all';

export function statusName(status: Status): string {
  const names: Record<Status, string> = {
    paid: say('已完成', 'Done'),
    processing: say('处理中', 'Processing'),
    failed_payment: say('付款失败', 'Not paid'),
    refund_asked: say('等商家同意退款', 'Refund asked for'),
    refunding: say('退款中', 'Refund on its way'),
    refunded: say('已退款', 'Refunded'),
  };
  return names[status];
}

/** What paid: the balance, or a card. */
export function paidFrom({ card }: Order): string {
  if (!card) return say('余额', 'Balance');
  const known = store.cards?.find(({ last_four }) => last_four === card);
  return `${known ? bankName(known.bank) : say('银行卡', 'Card')} •• ${card}`;
}

export function orderRow(order: Order, href = `/orders/${order.id}`, target = 'orders.row'): TemplateResult {
  const usual = order.status === 'paid';
  return html`
    <a class="row" href=${href} data-unstuck=${target}>
      <span class="disc">${icon(order.icon)}</span>
      <span class="row-main"><b>${say(order.zh, order.en)}</b><small>${day(order.at)}${usual ? nothing : html` · <em class=${order.status}>${statusName(order.status)}</em>`}</small></span>
      <span class="row-sum">${order.status === 'refunded' ? '+' : '−'}${money(order.amount)}</span>
    </a>
  `;
}

export function rowsLoading(count: number): TemplateResult[] {
  return Array.from({ length: count }, () => html`<div class="row"><span class="disc skeleton"></span><span class="row-main"><span class="skeleton"></span></span></div>`);
}

export const orders: Screen = {
  tab: 'orders',
  title: () => say('账单', 'Orders'),
  enter: () => void load('orders').then(redraw),
  view: () => {
    const keep = FILTERS.find(([id]) => id === filter)?.[3] ?? (() => true);
    const shown = store.orders?.filter(keep);
    return html`
      <div class="page">
        <h1 class="big" tabindex="-1">${say('账单', 'Orders')}</h1>
        <div class="chips" role="group" aria-label=${say('筛选', 'Filter')}>
          ${FILTERS.map(([id, zh, en]) => html`<button class="chip" type="button" data-unstuck="orders.filter.${id}" aria-pressed=${id === filter} @click=${() => { filter = id; redraw(); }}>${say(zh, en)}</button>`)}
        </div>
        <div class="list">${shown ? shown.map((one) => orderRow(one)) : rowsLoading(6)}</div>
        ${shown?.length === 0 ? html`<p class="empty">${say('没有相关账单', 'Nothing here')}</p>` : nothing}
      </div>
    `;
  },
};

const detail = { order: undefined as Order | undefined, missing: false, more: false, receipt: false, saved: false, asked: false };

export const order: Screen = {
  title: () => say('账单详情', 'Order'),
  enter: ([id = '']) => {
    Object.assign(detail, { order: store.orders?.find((known) => known.id === id), missing: false, more: false, receipt: false, saved: false, asked: false });
    void load('cards').then(redraw);
    api.order(id).then(
      (found) => { detail.order = found; redraw(); },
      () => { detail.missing = !detail.order; redraw(); },
    );
  },
  view: () => {
    const one = detail.order;
    if (detail.missing) return html`<p class="empty">${say('没有找到这笔账单', 'No such order')}</p>`;
    if (!one) return html`<div class="page"><span class="skeleton tall"></span></div>`;
    return html`
      <div class="page">
        <div class="sum"><small>${say(one.zh, one.en)}</small><strong>${one.status === 'refunded' ? '+' : '−'}${money(one.amount)}</strong><em class=${one.status}>${statusName(one.status)}</em></div>
        <dl class="facts">
          <div><dt>${say('时间', 'When')}</dt><dd>${day(one.at)}</dd></div>
          <div><dt>${say('付款方式', 'Paid from')}</dt><dd>${paidFrom(one)}</dd></div>
          <div><dt>${say('订单号', 'Order number')}</dt><dd class="number">${one.id}</dd></div>
        </dl>
        ${one.status.startsWith('refund') ? html`
          <button class="link-row" type="button" data-unstuck="order.refund" aria-expanded=${detail.asked} @click=${() => { detail.asked = !detail.asked; redraw(); }}>
            <span class="disc">${icon('refresh')}</span><span>${say('退款进度', 'Refund')}</span>${icon('chevron')}</button>
          ${detail.asked ? html`<p class="notice calm">${icon('clock')}<span>${refundNews(one)}</span></p>` : nothing}` : nothing}
        ${refundable(one) ? html`<a class="link-row" href="/refunds/${one.id}" data-unstuck="order.ask_refund"><span class="disc">${icon('refresh')}</span><span>${say('申请退款', 'Ask for a refund')}</span>${icon('chevron')}</a>` : nothing}
        <div class="two">
          <a class="button plain" href="/help" data-unstuck="order.help" data-unstuck-help>${say('对此有疑问', 'Question?')}</a>
          <button class="button plain" type="button" data-unstuck="order.more" aria-expanded=${detail.more} @click=${() => { detail.more = !detail.more; redraw(); }}>${icon('more')}<span>${say('更多', 'More')}</span></button>
        </div>
        ${detail.more ? menu() : nothing}
        ${detail.receipt ? receipt(one) : nothing}
      </div>
    `;
  },
};

function refundNews(one: Order): string {
  if (one.status === 'refund_asked') return say('已提交，等待商家同意', 'Asked for; the shop has not answered yet');
  if (one.status === 'refunding') return say('商家已同意，等待银行入账', 'The shop agreed; waiting for your bank');
  return one.refund?.to === 'balance' ? say('已退到余额', 'Returned to your balance') : say('已原路退回', 'Returned the way it came');
}

function menu(): TemplateResult {
  return html`
    <div class="list">
      <button class="row" type="button" data-unstuck="order.receipt" @click=${() => { Object.assign(detail, { receipt: true, more: false }); redraw(); }}>
        <span class="disc">${icon('order')}</span><span class="row-main"><b>${say('电子回单', 'Receipt')}</b></span>${icon('chevron')}</button>
      <a class="row" href="/help" data-unstuck="order.report" data-unstuck-help><span class="disc">${icon('shield')}</span><span class="row-main"><b>${say('举报', 'Report')}</b></span>${icon('chevron')}</a>
    </div>
  `;
}

function receipt(one: Order): TemplateResult {
  return html`
    <article class="receipt">
      <h2>${say('电子回单', 'Receipt')}</h2>
      <p>${say(one.zh, one.en)}<strong>¥${money(one.amount)}</strong></p>
      <p class="number">${one.id}</p>
      <button class="button primary" type="button" data-unstuck="order.receipt.save" @click=${() => { detail.saved = true; redraw(); }}>
        ${detail.saved ? icon('check') : nothing}<span>${detail.saved ? say('已保存到手机', 'Saved') : say('保存', 'Save')}</span></button>
    </article>
  `;
}
