// What is around every screen: the bar at the top, the tabs, the phone's notifications.

import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from './icons.ts';
import { say } from './language.ts';
import { notification, dismiss } from './inbox.ts';
import type { Screen } from './router.ts';

const TABS = [
  ['home', '/', 'home', '首页', 'Home'],
  ['cards', '/cards', 'card', '银行卡', 'Cards'],
  ['orders', '/orders', 'order', '账单', 'Orders'],
  ['me', '/settings', 'me', '我的', 'Me'],
] as const;

export function frame(screen: Screen): TemplateResult {
  return html`
    ${notified()}
    <div class="screen">
      ${screen.tab ? nothing : top(screen)}
      <main tabindex="-1">${screen.view()}</main>
      ${screen.tab ? tabs(screen.tab) : nothing}
    </div>
  `;
}

function top(screen: Screen): TemplateResult {
  return html`
    <header class="top">
      <button class="round" type="button" data-unstuck="top.back" aria-label=${say('返回', 'Back')} @click=${() => history.back()}>
        ${icon('back')}
      </button>
      <h1 tabindex="-1">${screen.title()}</h1>
      <a class="round" href="/help" data-unstuck="top.help" data-unstuck-help aria-label=${say('帮助', 'Help')}>${icon('help')}</a>
    </header>
  `;
}

function tabs(active: string): TemplateResult {
  return html`
    <nav class="tabs" aria-label=${say('主导航', 'Main')}>
      ${TABS.map(
        ([id, href, name, zh, en]) => html`
          <a href=${href} data-unstuck="tab.${id}" aria-current=${id === active ? 'page' : 'false'}>${icon(name)}<span>${say(zh, en)}</span></a>
        `,
      )}
    </nav>
  `;
}

/** A text message, as the phone itself shows it; tapping it fills the code in. */
function notified(): TemplateResult | typeof nothing {
  if (!notification.code) return nothing;
  return html`
    <button class="notification" type="button" data-unstuck="phone.notification" data-unstuck-ignore="activity" @click=${dismiss}>
      <span class="app-badge">${icon('text')}</span>
      <span>
        <b>${say('信息', 'Messages')} <small>${say('现在', 'now')}</small></b>
        <span>${say(`【钱小包】验证码 ${notification.code}，5 分钟内有效，请勿告诉他人。`, `[Pocket] Your code is ${notification.code}. Don't share it.`)}</span>
      </span>
    </button>
  `;
}
