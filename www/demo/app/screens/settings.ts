// Who one is, and how the app looks; the limits of what one can send.

import { html, type TemplateResult } from 'lit-html';
import { unstuck } from '../embed.ts';
import { money } from '../format.ts';
import { icon } from '../icons.ts';
import { change, preferences, say, type Preferences } from '../language.ts';
import { redraw, type Screen } from '../router.ts';
import { load, store } from '../store.ts';

export const settings: Screen = {
  tab: 'me',
  title: () => say('我的', 'Me'),
  enter: () => void load('me').then(redraw),
  view: () => html`
    <div class="page">
      <header class="profile"><span class="disc large">${icon('me')}</span><span><h1 tabindex="-1">${say(store.me?.name ?? '林一', 'Lin Yi')}</h1><small>138****2046 · ${verified()}</small></span></header>
      <div class="list">
        ${row('me.cards', '/cards', 'card', say('银行卡', 'Cards'))}
        ${row('me.refunds', '/refunds', 'refresh', say('退款', 'Refunds'))}
        ${row('me.verify', store.me?.identity === 'reviewing' ? '/verify/review' : '/verify', 'document', say('身份验证', 'Verify identity'))}
        ${row('me.limits', '/settings/limits', 'limit', say('限额管理', 'Limits'))}
        ${row('me.help', '/help', 'help', say('帮助中心', 'Help centre'))}
      </div>
      <div class="list padded">
        ${choice('language', say('语言', 'Language'), 'globe', [['zh', '中文'], ['en', 'English']])}
        ${choice('theme', say('外观', 'Appearance'), 'moon', [['auto', say('跟随系统', 'Auto')], ['light', say('浅色', 'Light')], ['dark', say('深色', 'Dark')]])}
        <label class="line">
          <span class="with-icon">${icon('text')}${say('长辈模式', 'Large text')}</span>
          <input class="switch" type="checkbox" role="switch" data-unstuck="me.elder" .checked=${preferences.elder} @change=${(e: Event) => set({ elder: (e.target as HTMLInputElement).checked })} />
        </label>
      </div>
    </div>
  `,
};

/** The wallet is verified all along; its document runs out in time. */
function verified(): string {
  if (store.me?.identity === 'reviewing') return say('身份审核中', 'Identity in review');
  return store.me?.identity === 'due' ? say('证件快到期，请更新', 'ID runs out soon: renew it') : say('已实名', 'Verified');
}

function row(id: string, href: string, name: string, label: string): TemplateResult {
  return html`<a class="row" href=${href} data-unstuck=${id} ?data-unstuck-help=${href === '/help'}><span class="disc">${icon(name)}</span><span class="row-main"><b>${label}</b></span>${icon('chevron')}</a>`;
}

function choice(key: 'language' | 'theme', label: string, name: string, options: [string, string][]): TemplateResult {
  return html`
    <div class="line" role="group" aria-label=${label}>
      <span class="with-icon">${icon(name)}${label}</span>
      <span class="segments">${options.map(([value, text]) => html`<button type="button" data-unstuck="me.${key}.${value}" aria-pressed=${preferences[key] === value} @click=${() => set({ [key]: value })}>${text}</button>`)}</span>
    </div>
  `;
}

function set(changed: Partial<Preferences>): void {
  change(changed);
  if (changed.language) unstuck.setLanguage(changed.language);
  if (changed.elder !== undefined) unstuck.setElder(changed.elder);
  redraw();
}

const limits = { applied: false };

export const settingsLimits: Screen = {
  title: () => say('限额管理', 'Limits'),
  enter: () => {
    limits.applied = false;
    void load('me').then(redraw);
  },
  view: () => html`
    <div class="page">
      <div class="gauge"><small>${say('今日剩余可转', 'Left today')}</small><strong>¥20,000.00</strong><progress max="100" value="100" aria-label=${say('剩余额度', 'Left')}></progress></div>
      <dl class="facts">
        <div><dt>${say('单笔限额', 'One transfer')}</dt><dd>¥${money(store.flags.transfer_limit)}</dd></div>
        <div><dt>${say('每日限额', 'A day')}</dt><dd>¥20,000.00</dd></div>
      </dl>
      <button class="button primary" type="button" data-unstuck="limits.raise" ?disabled=${limits.applied} @click=${() => { limits.applied = true; redraw(); }}>
        ${limits.applied ? say('已提交，1 个工作日内答复', 'Requested; an answer within a day') : say('申请提高限额', 'Ask for more')}</button>
    </div>
  `,
};
