// The help centre: a document of its own, as in many apps, with the same five lines.

import { html, render } from 'lit-html';
import { unstuck } from './app/embed.ts';
import { icon } from './app/icons.ts';
import { apply, say } from './app/language.ts';

const TOPICS: [string, [string, string], [string, string]][] = [
  ['card', ['绑定银行卡', 'Adding a card'], ['填写卡号、持卡人信息和短信验证码即可。验证码发到您办卡时留给银行的手机号。', 'Enter the number, the holder and the code. The code goes to the phone number your bank has.']],
  ['transfer', ['转账与到账', 'Sending money'], ['转到余额实时到账；转到银行卡通常 2 小时内。转出后不能撤回，请先核对姓名。', 'To a wallet it is instant; to a bank card usually within two hours. A transfer cannot be undone.']],
  ['qr', ['付款与退款', 'Payments and refunds'], ['付款失败不会扣款；退款在“我的-退款”里申请，原路退回，借记卡 1-3 个工作日。', 'A failed payment costs nothing. Ask for a refund under Me, Refunds. It goes back the way it came; 1-3 working days to a debit card.']],
  ['document', ['身份验证', 'Verifying your identity'], ['在“我的-身份验证”里选证件、拍照、核对姓名。一般 10 分钟内审核完。', 'Under Me, Verify identity: choose a document, take its photo, check the name. A review usually takes ten minutes.']],
  ['shield', ['账号安全', 'Safety'], ['任何人向您索要验证码都不要给。发现异常请立即联系人工客服。', 'Never give a code to anyone. If something looks wrong, ask for a human at once.']],
];

apply();
document.title = say('帮助中心 · 钱小包', 'Help centre · Pocket');
render(
  html`
    <div class="screen">
      <header class="top">
        <a class="round" href="/" data-unstuck="help.back" aria-label=${say('返回', 'Back')} @click=${back}>${icon('back')}</a>
        <h1>${say('帮助中心', 'Help centre')}</h1>
        <span class="round"></span>
      </header>
      <main>
        <div class="page">
          <div class="list topics">
            ${TOPICS.map(([name, title, text]) => html`
              <details data-unstuck="help.topic.${name}"><summary class="row"><span class="disc">${icon(name)}</span><span class="row-main"><b>${say(...title)}</b></span>${icon('chevron')}</summary><p>${say(...text)}</p></details>`)}
          </div>
          <button class="button primary" type="button" data-unstuck="help.ask" @click=${() => unstuck.open()}>${say('问问小助手', 'Ask the assistant')}</button>
          <button class="button quiet" type="button" data-unstuck="help.human" @click=${() => unstuck.human()}>${say('找人工客服', 'Talk to a human')}</button>
        </div>
      </main>
    </div>
  `,
  document.getElementById('app')!,
);

function back(event: Event): void {
  if (history.length < 2) return;
  event.preventDefault();
  history.back();
}
