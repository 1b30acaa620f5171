// Pictures of the component in its states, to be looked at: node shots.mjs FOLDER

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg, root } from './made.mjs';
import { inPage, OFFER } from './simulate.mjs';

const { chromium } = createRequire(join(root, 'www/package.json'))('playwright-core');
const to = process.argv[2] ?? '.';
mkdirSync(to, { recursive: true });

const HANDOFF = { key: 'h', state: 'live', agent: 'Mei', revision: 2 };
const GUIDE = { guide: 'g', at: 1, why: 'target_missing', shown: false, steps: ['month', 'year', 'next'].map((target) => ({ target, text: '再选年份，“/”后面的两位前面加 20', wait_ms: 500 })) };
const AGENT = { id: 'a', from: 'agent', name: 'Mei', text: 'Hello, this is Mei. I can see the card number was refused three times.', t: 3 };
const SENT = [{ kind: 'handoff', to: 'https://desk.example/handoffs', t: Date.now(), body: { reason: 'asked', language: 'zh' } }];
const STATES = {
  launcher: { open: false, unread: 2 },
  offer: { open: false, unread: 0, offer: OFFER },
  welcome: { open: true, messages: [] },
  panel: { open: true },
  'panel-offer': { open: true, offer: OFFER },
  human: { open: true, language: 'en', handoff: HANDOFF, more: AGENT },
  elder: { open: true, elder: true },
  guide: { open: false, guide: GUIDE },
  sent: { open: true, sent: SENT },
};

const sheet = readFileSync(join(pkg, 'miniprogram_dist/widget/index.wxss'), 'utf8');
const page = (html, dark) => `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=390"><style>
  body { margin: 0; font: 16px -apple-system, "Noto Sans CJK SC", "Noto Sans SC", sans-serif; background: ${dark ? '#0c0d10' : '#f5f6f8'}; }
  .app { padding: 24px 16px; } .app div { height: 76px; margin: 0 0 16px; border-radius: 12px; background: ${dark ? '#1b1d22' : '#fff'}; }
  wx-view, wx-scroll-view { display: block; } wx-scroll-view { overflow-y: auto; } wx-text { white-space: pre-wrap; }
  wx-input { display: flex; align-items: center; } ${sheet.replaceAll('.unstuck view,.unstuck text,.unstuck input', '.unstuck *')}
</style><div class="app"><div></div><div></div><div></div><div></div></div>${html}`;

/** The base library's own names are taken off the classes. */
function plain(component, placeholder) {
  const wrapper = document.createElement('div');
  wrapper.append(component.dom.cloneNode(true));
  for (const el of wrapper.querySelectorAll('[class]')) el.setAttribute('class', el.getAttribute('class').replace(/\b[\w]+--(?=[\w-])/g, ''));
  for (const el of wrapper.querySelectorAll('wx-input')) el.textContent = placeholder;
  return wrapper.innerHTML;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
for (const theme of ['light', 'dark']) {
  for (const [name, { more, sent, ...state }] of Object.entries(STATES)) {
    const html = await inPage(async ({ component, draw, view }) => {
      Object.assign(view, state);
      if (more) view.messages.push(more);
      const live = draw({ theme }, sent);
      if (sent) live.act('tapSent', {});
      return plain(component, component.data.panel?.placeholder ?? '');
    });
    const tab = await browser.newPage({ viewport: { width: 390, height: 780 }, deviceScaleFactor: 1 });
    await tab.setContent(page(html, theme === 'dark'));
    await tab.waitForTimeout(450);
    await tab.screenshot({ path: join(to, `${name}-${theme}.png`) });
    await tab.close();
  }
}
await browser.close();
process.exit(0);
