// Sending money: to whom, how much, check, done.

import { html, nothing, type TemplateResult } from 'lit-html';
import { api, type Payee } from '../api.ts';
import { attempt, button, field, notice, type Wrong } from '../form.ts';
import { money } from '../format.ts';
import { icon } from '../icons.ts';
import { say } from '../language.ts';
import { go, redraw, replace, type Screen } from '../router.ts';
import { keepDraft, load, store } from '../store.ts';

const payee = { all: [] as Payee[], asked: '', open: false, account: '', name: '', wrong: undefined as Wrong | undefined };

export const sendPayee: Screen = {
  title: () => say('转给谁', 'Send to'),
  enter: () => {
    Object.assign(payee, { asked: '', open: false, account: '', name: '', wrong: undefined });
    void api.payees().then((all) => { payee.all = all; redraw(); }, () => undefined);
  },
  view: () => {
    const asked = payee.asked.trim().toLowerCase();
    const found = payee.all.filter((p) => [p.zh, p.en, p.account].some((text) => text.toLowerCase().includes(asked)));
    return html`
      <div class="page">
        <label class="search">
          ${icon('search')}
          <span class="visually-hidden">${say('搜索收款人', 'Search')}</span>
          <input type="search" data-unstuck="send.payee.search" data-unstuck-search placeholder=${say('姓名或手机号', 'Name or phone number')}
            .value=${payee.asked} @input=${(e: Event) => { payee.asked = (e.target as HTMLInputElement).value; redraw(); }} />
        </label>
        <div class="list" data-unstuck-results=${asked ? found.length : nothing}>
          ${found.map(payeeRow)}
          ${found.length === 0 && payee.all.length > 0 ? html`<p class="empty">${say('没有找到这位联系人', 'Nobody by that name')}</p>` : nothing}
        </div>
        ${payee.open ? newPayee() : nothing}
        ${payee.open ? nothing : html`<button class="link-row" type="button" data-unstuck="send.payee.new" @click=${() => { payee.open = true; redraw(); }}>
          <span class="disc">${icon('plus')}</span><span>${say('转到手机号或银行卡', 'To a phone number or a card')}</span>${icon('chevron')}</button>`}
      </div>
    `;
  },
};

function payeeRow(p: Payee): TemplateResult {
  const name = say(p.zh, p.en);
  return html`
    <button class="row" type="button" data-unstuck="send.payee.pick" @click=${() => choose(p.id, name, p.account)}>
      <span class="disc tint-${p.id}">${name.slice(0, 1)}</span>
      <span class="row-main"><b>${name}</b><small>${p.account}</small></span>
      ${icon('chevron')}
    </button>
  `;
}

function newPayee(): TemplateResult {
  return html`
    <form class="card" novalidate data-unstuck="send.payee.form" @submit=${submitPayee}>
      ${field({
        id: 'send.payee.account', label: say('对方手机号或卡号', 'Their phone or card number'), value: payee.account, wrong: payee.wrong, mode: 'numeric',
        input: (value) => { payee.account = value; if (payee.wrong) { payee.wrong = undefined; redraw(); } },
      })}
      ${field({ id: 'send.payee.name', label: say('对方姓名', 'Their name'), value: payee.name, input: (value) => { payee.name = value; } })}
      ${button({ id: 'send.payee.continue', label: say('继续', 'Continue'), type: 'submit' })}
    </form>
  `;
}

function submitPayee(event: Event): void {
  event.preventDefault();
  const digits = payee.account.replace(/\D/g, '');
  if (digits.length < 11) {
    payee.wrong = { code: 'account_short', words: say('手机号 11 位，卡号 16 位起', 'A phone number has 11 digits, a card at least 16') };
    return redraw();
  }
  const name = payee.name.trim() || digits;
  choose(name, name, `${digits.slice(0, 3)}****${digits.slice(-4)}`);
}

function choose(to: string, name: string, account: string): void {
  store.draft.transfer = { to, name, account, amount: 0, note: '' };
  keepDraft();
  go('/send/amount');
}

const amount = { value: '', wrong: undefined as Wrong | undefined };

export const sendAmount: Screen = {
  title: () => say('转账金额', 'Amount'),
  enter: () => {
    Object.assign(amount, { value: '', wrong: undefined });
    void load('me').then(redraw);
  },
  view: () => {
    const { name, account } = store.draft.transfer;
    const broken = store.flags.broken_continue;
    return html`
      <form class="page" novalidate data-unstuck="send.amount.form" @submit=${submitAmount}>
        <div class="to"><span class="disc">${name.slice(0, 1)}</span><span><b>${name}</b><small>${account}</small></span></div>
        <div class="amount ${amount.wrong ? 'is-wrong' : ''}">
          <label for="send.amount.value">${say('转账金额', 'Amount')}</label>
          <div>
            <span aria-hidden="true">¥</span>
            <input id="send.amount.value" data-unstuck="send.amount.value" data-unstuck-code=${amount.wrong?.code ?? nothing} inputmode="decimal"
              autocomplete="off" placeholder="0.00" aria-invalid=${amount.wrong ? 'true' : 'false'} aria-describedby="send.amount.news"
              .value=${amount.value} @input=${typedAmount} />
          </div>
          <p id="send.amount.news" class=${amount.wrong ? 'wrong' : 'hint'} role=${amount.wrong ? 'alert' : nothing}>
            ${amount.wrong?.words ?? (store.me ? say(`可用余额 ${money(store.me.balance)} 元`, `¥${money(store.me.balance)} available`) : ' ')}
          </p>
        </div>
        <div class="chips">${[50, 200, 1000].map((n) => html`<button class="chip" type="button" data-unstuck="send.amount.quick" @click=${() => { amount.value = `${n}.00`; amount.wrong = undefined; redraw(); }}>¥${n}</button>`)}</div>
        ${field({ id: 'send.amount.note', label: say('附言（选填）', 'Note (optional)'), value: store.draft.transfer.note, input: (value) => { store.draft.transfer.note = value; } })}
        ${button({ id: 'send.amount.next', label: say('下一步', 'Continue'), type: broken ? 'button' : 'submit' })}
      </form>
    `;
  },
};

function typedAmount(event: Event): void {
  const input = event.target as HTMLInputElement;
  amount.value = input.value = input.value.replace(/[^\d.]/g, '').replace(/^(\d{0,7})(\.\d{0,2})?.*$/, '$1$2');
  if (amount.wrong) {
    amount.wrong = undefined;
    redraw();
  }
}

function submitAmount(event: Event): void {
  event.preventDefault();
  if (store.flags.broken_continue) return;
  const cents = Math.round(Number(amount.value) * 100);
  const limit = store.flags.transfer_limit;
  if (!(cents > 0)) amount.wrong = { code: 'amount_missing', words: say('请输入金额', 'Enter an amount') };
  else if (cents > limit) amount.wrong = { code: 'amount_over_limit', words: say(`超出单笔限额 ${money(limit)} 元`, `Over the limit of ¥${money(limit)} for one transfer`) };
  else if (store.me && cents > store.me.balance) amount.wrong = { code: 'balance_low', words: say('余额不足', 'Not enough balance') };
  else {
    store.draft.transfer.amount = cents;
    keepDraft();
    return go('/send/confirm');
  }
  redraw();
}

const confirm = { busy: false, refusal: '', arrival: 'now' as 'now' | 'tomorrow' };

export const sendConfirm: Screen = {
  title: () => say('确认转账', 'Check and send'),
  enter: () => Object.assign(confirm, { busy: false, refusal: '', arrival: 'now' }),
  view: () => {
    const { name, account, note } = store.draft.transfer;
    return html`
      <div class="page">
        <div class="sum"><small>${say('转账给', 'To')} ${name}</small><strong>¥${money(store.draft.transfer.amount)}</strong></div>
        <dl class="facts">
          <div><dt>${say('收款账户', 'Account')}</dt><dd>${account}</dd></div>
          <div><dt>${say('付款方式', 'From')}</dt><dd>${say('余额', 'Balance')}</dd></div>
          <div><dt>${say('手续费', 'Fee')}</dt><dd>${say('免费', 'Free')}</dd></div>
          ${note ? html`<div><dt>${say('附言', 'Note')}</dt><dd>${note}</dd></div>` : nothing}
        </dl>
        <fieldset class="choices">
          <legend>${say('到账时间', 'Arrives')}</legend>
          ${arrival('now', say('实时到账', 'At once'))}
          ${arrival('tomorrow', say('24 小时后到账', 'In 24 hours'))}
        </fieldset>
        ${notice(confirm.refusal)}
        ${button({ id: 'send.confirm.submit', label: say('确认转账', 'Send now'), busy: confirm.busy, click: submitTransfer })}
      </div>
    `;
  },
};

function arrival(value: 'now' | 'tomorrow', label: string): TemplateResult {
  return html`
    <label class="choice">
      <input type="radio" name="arrival" data-unstuck="send.confirm.arrival" value=${value} .checked=${confirm.arrival === value} @change=${() => { confirm.arrival = value; }} />
      <span>${label}</span>
    </label>
  `;
}

async function submitTransfer(): Promise<void> {
  confirm.refusal = '';
  const { to, amount: cents } = store.draft.transfer;
  const refused = await attempt(confirm, async () => {
    await api.transfer(to, cents);
    replace('/send/done');
  });
  confirm.refusal = refused?.message ?? '';
  redraw();
}

export const sendDone: Screen = {
  title: () => say('转账成功', 'Sent'),
  view: () => html`
    <div class="page result">
      <span class="seal good">${icon('check')}</span>
      <h2>¥${money(store.draft.transfer.amount)}</h2>
      <p class="hint centre">${say(`已转给 ${store.draft.transfer.name}`, `Sent to ${store.draft.transfer.name}`)}</p>
      <a class="button primary" href="/" data-unstuck="send.done.home">${say('完成', 'Done')}</a>
      <a class="button quiet" href="/orders" data-unstuck="send.done.orders">${say('查看账单', 'See it in Orders')}</a>
    </div>
  `,
};
