// Adding a bank card: the number, the person, the code, done.

import { html, nothing, type TemplateResult } from 'lit-html';
import { api } from '../api.ts';
import { attempt, button, field, notice, progress, wrong, type Wrong } from '../form.ts';
import { inFours, passesLuhn } from '../format.ts';
import { icon } from '../icons.ts';
import { onCode } from '../inbox.ts';
import { say } from '../language.ts';
import { go, redraw, replace, type Screen } from '../router.ts';
import { keepDraft, store } from '../store.ts';
import { bankName } from './cards.ts';
import { chosenExpiry, expiryField } from './expiry.ts';

/** What the camera reads off the demo's card. */
const CARD_ON_THE_TABLE = '6222020200112233446';
/** How long until a code can be sent again, in s. */
const RESEND_AFTER = 20;

const number = { value: '', busy: false, wrong: undefined as Wrong | undefined, refusal: '' };

export const bindNumber: Screen = {
  title: () => say('添加银行卡', 'Add a card'),
  enter: () => Object.assign(number, { value: '', busy: false, wrong: undefined, refusal: '' }),
  view: () => html`
    <form class="page" novalidate data-unstuck="bind.number.form" @submit=${submitNumber}>
      ${progress(1, 3)}
      <p class="lead">${say('请填写本人名下的银行卡', 'A card in your own name')}</p>
      ${field({
        id: 'bind.number.card',
        label: say('卡号', 'Card number'),
        value: number.value,
        wrong: number.wrong,
        mode: 'numeric',
        autocomplete: 'cc-number',
        placeholder: '0000 0000 0000 0000 000',
        input: (value, input) => {
          number.value = input.value = inFours(value);
          number.refusal = '';
          clearWrong(number);
        },
        extra: html`<button class="bare" type="button" data-unstuck="bind.number.scan" aria-label=${say('拍照识别卡号', 'Scan the card')}
          @click=${() => { number.value = inFours(CARD_ON_THE_TABLE); clearWrong(number); redraw(); }}>${icon('camera')}</button>`,
      })}
      ${notice(number.refusal)}
      ${button({ id: 'bind.number.next', label: say('下一步', 'Continue'), type: 'submit', busy: number.busy })}
      <p class="hint centre">${say('绑定即同意《快捷支付服务协议》', 'By continuing you accept the terms of quick payment')}</p>
    </form>
  `,
};

function clearWrong(state: { wrong: Wrong | undefined }): void {
  if (!state.wrong) return;
  state.wrong = undefined;
  redraw();
}

async function submitNumber(event: Event): Promise<void> {
  event.preventDefault();
  const digits = number.value.replace(/\D/g, '');
  number.refusal = '';
  if (digits.length < 16) {
    number.wrong = { code: 'card_number_short', words: say('卡号位数不对，应为 16 到 19 位', 'A card number has 16 to 19 digits') };
  } else if (!passesLuhn(digits)) {
    number.wrong = { code: 'card_number_invalid', words: say('卡号有误，请逐位核对', 'Please check the number, digit by digit') };
  } else {
    const refused = await attempt(number, async () => {
      const { bank } = await api.checkCard(digits);
      store.draft.card = { bank, lastFour: digits.slice(-4) };
      keepDraft();
      go('/cards/new/identity');
    });
    number.refusal = refused?.message ?? '';
  }
  redraw();
}

const person = {
  holder: '', idNumber: '', phone: '', busy: false, refusal: '', explained: false,
  wrong: {} as Record<string, Wrong | undefined>,
};
const FIELD_OF_CODE: Record<string, string> = {
  holder_invalid: 'holder', id_invalid: 'idNumber', expiry_past: 'expiry', phone_not_reserved: 'phone',
};

export const bindIdentity: Screen = {
  title: () => say('验证身份', 'Who you are'),
  enter: () => Object.assign(person, { holder: '', idNumber: '', phone: '', busy: false, refusal: '', explained: false, wrong: {} }),
  view: () => html`
    <form class="page" novalidate data-unstuck="bind.identity.form" @submit=${submitPerson}>
      ${progress(2, 3)}
      <p class="lead">${bankName(store.draft.card.bank)} ${store.draft.card.lastFour && html`<span class="tail">•• ${store.draft.card.lastFour}</span>`}</p>
      ${field({
        id: 'bind.identity.holder', label: say('持卡人姓名', 'Name on the card'), value: person.holder, wrong: person.wrong.holder,
        autocomplete: 'name', input: (value) => typed('holder', value),
      })}
      ${field({
        id: 'bind.identity.id', label: say('身份证号', 'ID number'), value: person.idNumber, wrong: person.wrong.idNumber,
        placeholder: say('18 位', '18 characters'), input: (value) => typed('idNumber', value),
        extra: html`<button class="chip" type="button" data-unstuck="bind.identity.fill" @click=${fillVerified}>${say('用实名信息', 'Use mine')}</button>`,
      })}
      ${expiryField(person.wrong.expiry, () => { person.wrong.expiry = undefined; redraw(); })}
      ${phoneField()}
      ${notice(person.refusal)}
      ${button({ id: 'bind.identity.next', label: say('获取验证码', 'Get a code'), type: 'submit', busy: person.busy })}
    </form>
  `,
};

function typed(name: 'holder' | 'idNumber' | 'phone', value: string): void {
  person[name] = value;
  if (person.wrong[name]) {
    person.wrong[name] = undefined;
    redraw();
  }
}

function fillVerified(): void {
  Object.assign(person, { holder: say('林一', 'Lin Yi'), idNumber: '11010519491231002X', wrong: { ...person.wrong, holder: undefined, idNumber: undefined } });
  redraw();
}

function phoneField(): TemplateResult {
  const plain = store.flags.explain_phone;
  return html`
    ${field({
      id: 'bind.identity.phone',
      label: plain ? say('办卡时留给银行的手机号', 'Phone number your bank has on file') : say('预留手机号', 'Reserved phone number'),
      value: person.phone,
      wrong: person.wrong.phone,
      hint: plain ? say('收到这张卡动账短信的那个号码', "The one that gets this card's text messages") : undefined,
      mode: 'tel',
      autocomplete: 'tel-national',
      prefix: '+86',
      input: (value) => typed('phone', value),
      extra: plain
        ? nothing
        : html`<button class="bare" type="button" data-unstuck="bind.identity.phone.hint" aria-label=${say('说明', 'What is this?')}
            @click=${() => { person.explained = !person.explained; redraw(); }}>${icon('help')}</button>`,
    })}
    ${person.explained && !plain ? html`<p class="hint">${say('请填写银行预留手机号。', 'Please enter the phone number reserved with the bank.')}</p>` : nothing}
  `;
}

function checkPerson(): Record<string, Wrong | undefined> {
  return {
    holder: person.holder.trim().length > 1 ? undefined : { code: 'holder_invalid', words: say('请填写持卡人姓名', "Enter the holder's name") },
    idNumber: /^\d{17}[\dXx]$/.test(person.idNumber.trim()) ? undefined : { code: 'id_invalid', words: say('身份证号应为 18 位', 'An ID number has 18 characters') },
    phone: /^\d{11}$/.test(person.phone.replace(/\s/g, '')) ? undefined : { code: 'phone_invalid', words: say('手机号应为 11 位', 'A phone number has 11 digits') },
  };
}

async function submitPerson(event: Event): Promise<void> {
  event.preventDefault();
  person.refusal = '';
  person.wrong = checkPerson();
  if (Object.values(person.wrong).some(Boolean)) return redraw();
  const refused = await attempt(person, async () => {
    const { holder, idNumber, phone } = person;
    await api.bindCard({ holder, id_number: idNumber.trim(), phone, expiry: chosenExpiry() });
    await api.sendCode();
    go('/cards/new/verify');
  });
  if (!refused) return;
  const name = FIELD_OF_CODE[refused.code];
  if (name) person.wrong = { [name]: wrong(refused) };
  else person.refusal = refused.message;
  redraw();
}

const code = { value: '', busy: false, wrong: undefined as Wrong | undefined, wait: 0, news: '' };
let ticking: ReturnType<typeof setInterval> | undefined;

export const bindVerify: Screen = {
  title: () => say('短信验证', 'Enter the code'),
  enter: () => {
    Object.assign(code, { value: '', busy: false, wrong: undefined, news: '' });
    onCode((digits) => { code.value = digits; code.wrong = undefined; });
    count();
  },
  view: () => html`
    <form class="page" novalidate data-unstuck="bind.verify.form" @submit=${submitCode}>
      ${progress(3, 3)}
      <p class="lead">${say('验证码已发送至预留手机号', 'We sent a code to your registered phone')}</p>
      ${field({
        id: 'bind.verify.code', label: say('短信验证码', 'Code'), value: code.value, wrong: code.wrong, mode: 'numeric',
        autocomplete: 'one-time-code', placeholder: '······',
        input: (value, input) => { code.value = input.value = value.replace(/\D/g, '').slice(0, 6); clearWrong(code); },
        extra: html`<button class="chip" type="button" data-unstuck="bind.verify.resend" data-unstuck-ignore="activity" ?disabled=${code.wait > 0}
          @click=${resend}>${code.wait > 0 ? say(`${code.wait} 秒后重发`, `Again in ${code.wait} s`) : say('重新发送', 'Send again')}</button>`,
      })}
      ${code.news ? notice(code.news, 'calm') : nothing}
      ${button({ id: 'bind.verify.submit', label: say('确认绑定', 'Add the card'), type: 'submit', busy: code.busy })}
    </form>
  `,
};

function count(): void {
  clearInterval(ticking);
  code.wait = RESEND_AFTER;
  ticking = setInterval(() => {
    code.wait -= 1;
    if (code.wait <= 0) clearInterval(ticking);
    if (location.pathname === '/cards/new/verify') redraw();
    else clearInterval(ticking);
  }, 1_000);
}

async function resend(): Promise<void> {
  const state = { busy: false };
  const refused = await attempt(state, async () => void (await api.sendCode()));
  code.news = refused ? refused.message : say('已重新发送，请留意短信', 'Sent again. Please check your messages.');
  count();
  redraw();
}

async function submitCode(event: Event): Promise<void> {
  event.preventDefault();
  if (code.value.length !== 6) {
    code.wrong = { code: 'code_short', words: say('请输入 6 位验证码', 'The code has 6 digits') };
    return redraw();
  }
  const refused = await attempt(code, async () => {
    await api.verifyCode(code.value);
    replace('/cards/new/done');
  });
  if (refused) code.wrong = wrong(refused);
  redraw();
}

export const bindDone: Screen = {
  title: () => say('绑定成功', 'Card added'),
  view: () => html`
    <div class="page result">
      <span class="seal good">${icon('check')}</span>
      <h2>${say('绑定成功', 'Your card is added')}</h2>
      <p class="hint centre">${bankName(store.draft.card.bank)} •• ${store.draft.card.lastFour}</p>
      <a class="button primary" href="/cards" data-unstuck="bind.done.cards">${say('查看银行卡', 'See my cards')}</a>
      <a class="button quiet" href="/" data-unstuck="bind.done.home">${say('返回首页', 'Home')}</a>
    </div>
  `,
};
