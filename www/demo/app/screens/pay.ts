// Paying a shop: choose it, check the order, pay, see the result.

import { html, nothing, type TemplateResult } from 'lit-html';
import { api, type Merchant, type Order } from '../api.ts';
import { attempt, button, notice } from '../form.ts';
import { money } from '../format.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { go, redraw, replace, type Screen } from '../router.ts';
import { keepDraft, load, store } from '../store.ts';
import { unstuck } from '../embed.ts';
import { bankName } from './cards.ts';

/** The most of one thing in one order. */
const MOST = 20;

const choose = { shops: [] as Merchant[], code: false };

export const payChoose: Screen = {
  title: () => say('扫码付款', 'Pay a shop'),
  enter: () => {
    choose.code = false;
    void api.merchants().then((shops) => { choose.shops = shops; redraw(); }, () => undefined);
  },
  view: () => html`
    <div class="page">
      <div class="viewfinder">
        ${choose.code ? html`<div class="qr" role="img" aria-label=${say('付款码', 'Pay code')}>${icon('qr')}</div><p>${say('请出示给商家扫描', 'Show this to the shop')}</p>`
          : html`<span class="frame" aria-hidden="true"></span><p>${say('对准商家的二维码', "Point at the shop's code")}</p>`}
      </div>
      <div class="two">
        <button class="button plain" type="button" data-unstuck="pay.choose.scan" @click=${() => go('/pay/1001')}>${icon('scan')}<span>${say('扫一扫', 'Scan')}</span></button>
        <button class="button plain" type="button" data-unstuck="pay.choose.code" aria-pressed=${choose.code} @click=${() => { choose.code = !choose.code; redraw(); }}>${icon('qr')}<span>${say('付款码', 'Pay code')}</span></button>
      </div>
      <section>
        <h2>${say('附近商家', 'Nearby')}</h2>
        <div class="list">
          ${choose.shops.map((shop) => html`
            <a class="row" href="/pay/${shop.id}" data-unstuck="pay.choose.merchant">
              <span class="disc">${icon(shop.icon)}</span>
              <span class="row-main"><b>${say(shop.zh, shop.en)}</b><small>${say(shop.item_zh, shop.item_en)}</small></span>
              ${icon('chevron')}
            </a>`)}
        </div>
      </section>
    </div>
  `,
};

const order = { id: '', shop: undefined as Merchant | undefined, missing: '', quantity: 1 };

/** Loads the shop of the path, once for all screens of its payment. */
function enterShop(id: string): void {
  if (order.id === id && order.shop) return;
  Object.assign(order, { id, shop: undefined, missing: '', quantity: 1 });
  api.merchant(id).then(
    (shop) => { order.shop = shop; redraw(); },
    (error: unknown) => { order.missing = error instanceof Error ? error.message : ''; redraw(); },
  );
}

function shopLoading(): TemplateResult {
  return html`<div class="page" aria-busy="true">${notice(order.missing)}<span class="skeleton tall"></span><span class="skeleton"></span><span class="skeleton wide"></span></div>`;
}

export const payOrder: Screen = {
  title: () => say('确认订单', 'Your order'),
  enter: ([id = '']) => enterShop(id),
  view: () => {
    const { shop, quantity } = order;
    if (!shop) return shopLoading();
    return html`
      <div class="page">
        <article class="card item">
          <span class="disc large">${icon(shop.icon)}</span>
          <div><b>${say(shop.item_zh, shop.item_en)}</b><small>${say(shop.zh, shop.en)}</small><strong>¥${money(shop.price)}</strong></div>
        </article>
        <div class="card line">
          <span>${say('数量', 'Quantity')}</span>
          <span class="quantity" role="group" aria-label=${say('数量', 'Quantity')}>
            <button type="button" data-unstuck="pay.order.minus" aria-label=${say('减少', 'Decrease')} ?disabled=${quantity <= 1} @click=${() => setQuantity(quantity - 1)}>${icon('minus')}</button>
            <output>${quantity}</output>
            <button type="button" data-unstuck="pay.order.plus" aria-label=${say('增加', 'Increase')} ?disabled=${quantity >= MOST} @click=${() => setQuantity(quantity + 1)}>${icon('plus')}</button>
          </span>
        </div>
        <div class="card line"><span>${say('合计', 'Total')}</span><strong>¥${money(shop.price * quantity)}</strong></div>
        ${button({ id: 'pay.order.next', label: say('去付款', 'Go to checkout'), click: () => go(`/pay/${order.id}/cashier`) })}
      </div>
    `;
  },
};

function setQuantity(quantity: number): void {
  order.quantity = quantity;
  redraw();
}

const cashier = { busy: false, refusal: '', method: 'balance' as 'balance' | 'card', choosing: false };

export const payCashier: Screen = {
  title: () => say('收银台', 'Checkout'),
  enter: ([id = '']) => {
    enterShop(id);
    Object.assign(cashier, { busy: false, refusal: '', method: 'balance', choosing: false });
    void load('me', 'cards').then(redraw);
  },
  view: () => {
    const { shop, quantity } = order;
    if (!shop) return shopLoading();
    return html`
      <div class="page">
        <div class="sum"><small>${say(shop.zh, shop.en)}</small><strong>¥${money(shop.price * quantity)}</strong></div>
        <button class="link-row" type="button" data-unstuck="pay.cashier.method" aria-expanded=${cashier.choosing} @click=${() => { cashier.choosing = !cashier.choosing; redraw(); }}>
          <span class="disc">${icon(cashier.method === 'card' ? 'card' : 'me')}</span><span>${methodName(cashier.method)}</span>${icon('chevron')}
        </button>
        ${cashier.choosing ? html`<div class="list">${(['balance', 'card'] as const).map((method) => html`
          <button class="row" type="button" data-unstuck="pay.cashier.method.${method}" aria-pressed=${cashier.method === method}
            @click=${() => { Object.assign(cashier, { method, choosing: false, refusal: '' }); redraw(); }}>
            <span class="disc">${icon(method === 'card' ? 'card' : 'me')}</span><span class="row-main"><b>${methodName(method)}</b></span>
            ${cashier.method === method ? icon('check') : nothing}
          </button>`)}</div>` : nothing}
        ${notice(cashier.refusal)}
        ${cashier.busy ? notice(say('正在连接商家，请稍候…', 'Connecting to the shop…'), 'calm') : nothing}
        ${button({ id: 'pay.cashier.submit', label: say(`确认付款 ¥${money(shop.price * quantity)}`, `Pay ¥${money(shop.price * quantity)}`), busy: cashier.busy, click: submitPayment })}
      </div>
    `;
  },
};

function methodName(method: 'balance' | 'card'): string {
  const card = store.cards?.[0];
  if (method === 'card') return card ? `${bankName(card.bank)} •• ${card.last_four}` : say('银行卡', 'Bank card');
  return store.me ? say(`余额（${money(store.me.balance)} 元）`, `Balance (¥${money(store.me.balance)})`) : say('余额', 'Balance');
}

async function submitPayment(): Promise<void> {
  cashier.refusal = '';
  const refused = await attempt(cashier, async () => {
    const paid = await api.pay(order.id, order.quantity, cashier.method);
    store.draft.payment = { quantity: order.quantity, order: paid.id };
    keepDraft();
    replace(`/pay/${order.id}/result`);
  });
  cashier.refusal = refused?.message ?? '';
  redraw();
}

const result = { order: undefined as Order | undefined, busy: false, told: '' };

export const payResult: Screen = {
  title: () => say('付款结果', 'Payment'),
  enter: () => {
    Object.assign(result, { order: undefined, busy: false });
    void refresh();
  },
  view: () => {
    const paid = result.order;
    if (!paid) return html`<div class="page result" aria-busy="true"><span class="skeleton tall"></span></div>`;
    const done = paid.status === 'paid';
    return html`
      <div class="page result">
        <span class="seal ${done ? 'good' : 'wait'}">${icon(done ? 'check' : 'clock')}</span>
        <h2>¥${money(paid.amount)}</h2>
        <p class="hint centre" role="status">${done ? say(`已付给 ${paid.zh}`, `Paid to ${paid.en}`) : say('银行处理中，请稍候', 'Your bank is processing it')}</p>
        ${done ? nothing : button({ id: 'pay.result.refresh', label: say('刷新结果', 'Check again'), kind: 'plain', busy: result.busy, click: () => void refresh() })}
        <a class="button ${done ? 'primary' : 'quiet'}" href="/" data-unstuck="pay.result.home">${say('完成', 'Done')}</a>
        <a class="button quiet" href="/orders/${paid.id}" data-unstuck="pay.result.order">${say('查看订单', 'See the order')}</a>
      </div>
    `;
  },
};

async function refresh(): Promise<void> {
  await attempt(result, async () => {
    result.order = await api.order(store.draft.payment.order || 'latest');
  });
  const paid = result.order;
  if (paid?.status !== 'paid' || result.told === paid.id) return;
  result.told = paid.id;
  unstuck.track('payment.done');
}
