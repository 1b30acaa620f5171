// Money back: which order, why and whereto, and the wait for the shop.

import { html, nothing, type TemplateResult } from 'lit-html';
import { unstuck } from '../embed.ts';
import { api, type Order, type Reason } from '../api.ts';
import { attempt, button, notice, type Wrong } from '../form.ts';
import { day, money } from '../format.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { redraw, replace, type Screen } from '../router.ts';
import { load, store } from '../store.ts';
import { orderRow, paidFrom, rowsLoading, statusName } from './orders.ts';
import { again, timeline } from './wait.ts';

/** A payment to a shop that nobody has asked back. */
export const refundable = (order: Order): boolean => order.status === 'paid' && order.icon !== 'transfer';
const isRefund = (order: Order): boolean => order.status.startsWith('refund');

export const refunds: Screen = {
  title: () => say('退款', 'Refunds'),
  enter: () => void load('orders').then(redraw),
  view: () => {
    const going = store.orders?.filter(isRefund) ?? [];
    const open = store.orders?.filter(refundable);
    return html`
      <div class="page">
        ${going.length > 0 ? html`
          <section class="part"><h2>${say('退款记录', 'Your refunds')}</h2>
            <div class="list">${going.map((order) => orderRow(order, `/refunds/${order.id}/status`, 'refunds.row'))}</div></section>` : nothing}
        <section class="part"><h2>${say('可以申请退款的订单', 'Orders you can ask back')}</h2>
          <div class="list">${open ? open.map((order) => orderRow(order, `/refunds/${order.id}`, 'refunds.order')) : rowsLoading(4)}</div>
          ${open?.length === 0 ? html`<p class="empty">${say('没有可以退款的订单', 'No order can be refunded')}</p>` : nothing}</section>
        <p class="hint centre">${say('转账给个人的钱不能在这里退', 'Money sent to a person cannot be asked back here')}</p>
      </div>
    `;
  },
};

const REASONS: [Reason, string, string][] = [
  ['not_received', '没有收到货', 'It never came'],
  ['not_as_described', '与描述不符', 'Not as described'],
  ['changed_mind', '不想要了', 'Changed my mind'],
  ['wrong_amount', '多付、付错金额', 'Wrong amount'],
];

const ask = {
  id: '', order: undefined as Order | undefined, missing: false, reason: '' as Reason | '', to: 'origin' as 'origin' | 'balance',
  busy: false, refusal: '', wrong: undefined as Wrong | undefined,
};

export const refundAsk: Screen = {
  title: () => say('申请退款', 'Ask for a refund'),
  enter: ([id = '']) => {
    const order = store.orders?.find((known) => known.id === id);
    Object.assign(ask, { id, order, missing: false, reason: '', to: 'origin', busy: false, refusal: '', wrong: undefined });
    void load('cards').then(redraw);
    api.order(id).then(
      (found) => { ask.order = found; redraw(); },
      () => { ask.missing = !ask.order; redraw(); },
    );
  },
  view: () => {
    const { order } = ask;
    if (ask.missing) return html`<p class="empty">${say('没有找到这笔账单', 'No such order')}</p>`;
    if (!order) return html`<div class="page" aria-busy="true"><span class="skeleton tall"></span></div>`;
    return html`
      <form class="page" novalidate data-unstuck="refund.ask.form" @submit=${submit}>
        <article class="card item">
          <span class="disc large">${icon(order.icon)}</span>
          <div><b>${say(order.zh, order.en)}</b><small>${day(order.at)}</small><strong>¥${money(order.amount)}</strong></div>
        </article>
        <fieldset class="choices wraps ${ask.wrong ? 'is-wrong' : ''}" aria-describedby=${ask.wrong ? 'refund.ask.wrong' : nothing}>
          <legend>${say('退款原因', 'Why')}</legend>
          ${REASONS.map(([value, zh, en]) => html`
            <label class="choice">
              <input type="radio" name="reason" value=${value} data-unstuck="refund.ask.reason" data-unstuck-code=${ask.wrong?.code ?? nothing}
                aria-invalid=${ask.wrong ? 'true' : 'false'} .checked=${ask.reason === value} @change=${() => pick({ reason: value, wrong: undefined })} />
              <span>${say(zh, en)}</span>
            </label>`)}
        </fieldset>
        ${ask.wrong ? html`<p class="wrong" id="refund.ask.wrong" role="alert">${ask.wrong.words}</p>` : nothing}
        ${order.card ? whereTo(order) : html`<dl class="facts"><div><dt>${say('退回到', 'Back to')}</dt><dd>${say('余额', 'Balance')}</dd></div></dl>`}
        ${notice(ask.refusal)}
        ${button({ id: 'refund.ask.submit', label: say('提交申请', 'Ask for the refund'), type: 'submit', busy: ask.busy })}
        <p class="hint centre">${say('由商家处理，同意后原路退回或退到余额', 'The shop decides; then the money comes back')}</p>
      </form>
    `;
  },
};

function whereTo(order: Order): TemplateResult {
  const choice = (value: 'origin' | 'balance', label: string) => html`
    <label class="choice">
      <input type="radio" name="to" value=${value} data-unstuck="refund.ask.to.${value}" .checked=${ask.to === value} @change=${() => pick({ to: value })} />
      <span>${label}</span>
    </label>`;
  return html`
    <fieldset class="choices stacked">
      <legend>${say('退回到', 'Back to')}</legend>
      ${choice('origin', say(`原路退回 ${paidFrom(order)}`, `The way it came: ${paidFrom(order)}`))}
      ${choice('balance', say('钱小包余额', 'My Pocket balance'))}
    </fieldset>
  `;
}

function pick(changed: Partial<typeof ask>): void {
  Object.assign(ask, changed, { refusal: '' });
  redraw();
}

async function submit(event: Event): Promise<void> {
  event.preventDefault();
  const { reason } = ask;
  if (!reason) {
    ask.wrong = { code: 'reason_missing', words: say('请选一个退款原因', 'Choose a reason') };
    return redraw();
  }
  ask.refusal = '';
  const refused = await attempt(ask, async () => {
    await api.askRefund(ask.id, reason, ask.to);
    replace(`/refunds/${ask.id}/status`);
  });
  ask.refusal = refused?.message ?? '';
  redraw();
}

const status = { id: '', order: undefined as Order | undefined, missing: false, busy: false, told: '' };

export const refundStatus: Screen = {
  title: () => say('退款进度', 'Refund'),
  enter: ([id = '']) => {
    Object.assign(status, { id, order: undefined, missing: false, busy: false });
    void look();
  },
  view: () => {
    const { order } = status;
    if (status.missing) return html`<p class="empty">${say('没有这笔退款', 'No such refund')}</p>`;
    if (!order) return html`<div class="page result" aria-busy="true"><span class="skeleton tall"></span></div>`;
    const done = order.status === 'refunded';
    const at = { refund_asked: 1, refunding: 2, refunded: 3 }[order.status as string] ?? 1;
    return html`
      <div class="page result">
        <span class="seal ${done ? 'good' : 'wait'}">${icon(done ? 'check' : 'clock')}</span>
        <h2>¥${money(order.amount)}</h2>
        <p class="hint centre" role="status">${say(order.zh, order.en)} · ${statusName(order.status)}</p>
        ${timeline(at, [
          [say('已提交申请', 'You asked'), ''],
          [say('商家同意', 'The shop agrees'), say('一般几分钟，最长 48 小时', 'Usually minutes, at most 48 hours')],
          [say('钱退回来', 'The money is back'), order.refund?.to === 'balance' || !order.card ? say('到余额，马上到', 'To your balance, at once') : say('到银行卡，1-3 个工作日', 'To your card, 1-3 working days')],
        ])}
        ${done ? nothing : button({ id: 'refund.status.refresh', label: say('刷新进度', 'Check again'), kind: 'plain', busy: status.busy, click: () => void look() })}
        <a class="button ${done ? 'primary' : 'quiet'}" href="/orders/${order.id}" data-unstuck="refund.status.order">${say('查看订单', 'See the order')}</a>
      </div>
    `;
  },
};

async function look(): Promise<void> {
  const { id } = status;
  const refused = await attempt(status, async () => {
    status.order = await api.refund(id);
  });
  const { order } = status;
  if (refused && !order) status.missing = true;
  if (order?.status === 'refund_asked') again(`/refunds/${id}/status`, look);
  if (order && order.status !== 'refund_asked' && status.told !== id) {
    status.told = id;
    unstuck.track('refund.agreed');
  }
  redraw();
}
