// The first screen: the balance and the ways to everything.

import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../icons.ts';
import { money } from '../format.ts';
import { say } from '../language.ts';
import { redraw, type Screen } from '../router.ts';
import { load, store } from '../store.ts';
import { orderRow, rowsLoading } from './orders.ts';

let hidden = false;

const MAIN = [
  ['home.scan', '/pay', 'scan', '扫一扫', 'Scan'],
  ['home.code', '/pay', 'qr', '付款码', 'Pay code'],
  ['home.send', '/send', 'transfer', '转账', 'Send'],
  ['home.bind', '/cards/new', 'plus', '绑卡', 'Add card'],
] as const;

export const home: Screen = {
  tab: 'home',
  title: () => say('首页', 'Home'),
  enter: () => void load('me', 'orders').then(redraw),
  view: () => html`
    <div class="hero">
      <div class="hero-top">
        <h1 tabindex="-1">${greeting()}</h1>
        <a class="round on-brand" href="/search" data-unstuck="home.search" aria-label=${say('搜索', 'Search')}>${icon('search')}</a>
      </div>
      <div class="balance">
        <span class="balance-label">
          ${say('余额（元）', 'Balance')}
          <button class="bare" type="button" data-unstuck="home.hide" aria-pressed=${hidden} aria-label=${say('隐藏余额', 'Hide balance')}
            @click=${() => { hidden = !hidden; redraw(); }}>${icon('eye')}</button>
        </span>
        <strong>${balance()}</strong>
      </div>
      <nav class="actions" aria-label=${say('常用', 'Quick actions')}>
        ${MAIN.map(([id, href, name, zh, en]) => html`<a href=${href} data-unstuck=${id}><span>${icon(name)}</span>${say(zh, en)}</a>`)}
      </nav>
    </div>
    <section class="block">
      <a class="promo" href="/settings/limits" data-unstuck="home.promo">
        <span>${icon('shield')}</span>
        <span><b>${say('账户安全等级：高', 'Your account is well protected')}</b><small>${say('每天最多可转 20,000 元', 'Up to ¥20,000 a day')}</small></span>
      </a>
    </section>
    <section class="block">
      <header class="block-head"><h2>${say('最近账单', 'Recent')}</h2><a href="/orders" data-unstuck="home.orders">${say('全部', 'All')}</a></header>
      <div class="list">${store.orders ? store.orders.slice(0, 4).map((one) => orderRow(one)) : rowsLoading(4)}</div>
    </section>
  `,
};

function greeting(): string {
  const hour = new Date().getHours();
  const name = store.me ? say(store.me.name, 'Yi') : '';
  if (hour < 11) return say(`早上好，${name}`, `Good morning, ${name}`);
  return hour < 18 ? say(`下午好，${name}`, `Good afternoon, ${name}`) : say(`晚上好，${name}`, `Good evening, ${name}`);
}

function balance(): TemplateResult | typeof nothing {
  if (!store.me) return html`<span class="skeleton wide"></span>`;
  const [whole, cents] = money(store.me.balance).split('.');
  return hidden ? html`••••••` : html`<small>¥</small>${whole}<small>.${cents}</small>`;
}
