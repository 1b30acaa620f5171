// miniprogram-simulate renders the component as WeChat's base library would, and taps it.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg, root, work } from './made.mjs';

const require = createRequire(import.meta.url);

/** A session as the component sees one, with a conversation to draw. */
const VIEW = {
  open: false, language: 'zh', elder: false, offer: null, handoff: null, guide: null, expects: '', unread: 2,
  engine: 'ready', busy: false, line: 'online',
  messages: [
    { id: 'm1', from: 'user', text: '卡号一直说格式不对', t: 1 },
    {
      id: 'm2', from: 'bot', text: '可以这样解决：', t: 2,
      card: { id: 'c', title: '卡号怎么填', body: '1. 只填数字\n2. 一共 16 到 19 位\n- 不用空格' },
      choices: [{ id: 'helped:yes', label: '解决了', role: 'primary' }, { id: 'human', label: '转人工', role: 'human' }],
    },
  ],
};

export const OFFER = { offer: 7, text: '卡号好像一直没通过，我帮您看看是哪里不对？', accept: '看看', decline: '不用' };

export function* simulated() {
  yield ['miniprogram-simulate renders the component and taps it', renders];
}

/** The component as it is shipped, in a jsdom; only what would bring the session is a stand-in. */
export async function inPage(use) {
  const folder = join(work, 'simulate/miniprogram_npm/unstuck');
  mkdirSync(folder, { recursive: true });
  cpSync(join(pkg, 'miniprogram_dist'), folder, { recursive: true });
  writeFileSync(join(work, 'simulate/live.cjs'), await drawn());
  const { window } = new (require('jsdom').JSDOM)('<!doctype html><body></body>', { pretendToBeVisual: true });
  const names = ['document', 'HTMLElement', 'Node', 'Event', 'CustomEvent', 'TouchEvent', 'MutationObserver', 'getComputedStyle'];
  for (const name of names) globalThis[name] ??= window[name];
  globalThis.window = window;
  globalThis.wx = { request: () => undefined, getSystemInfoSync: () => ({ language: 'zh_CN', windowHeight: 640, screenHeight: 640 }) };
  const simulate = require('miniprogram-simulate');
  const { held } = require(join(work, 'simulate/live.cjs'));
  const component = simulate.render(simulate.load(join(folder, 'widget/index'), 'unstuck'));
  component.attach(document.createElement('wrapper'));
  const acts = [];
  const view = structuredClone(VIEW);
  const draw = (settings, sent) => (component.instance.unstuck.held = held(component.instance, view, (...act) => acts.push(act), settings, sent));
  try {
    return await use({ component, draw, view, acts, simulate });
  } finally {
    component.detach();
    for (const name of [...names, 'window', 'wx']) delete globalThis[name];
  }
}

async function renders() {
  await inPage(async ({ component, draw, view, acts, simulate }) => {
    assert.equal(component.querySelector('.unstuck'), undefined, 'without a session there is nothing');
    const live = draw({});
    const find = (selector) => component.querySelector(selector);
    const tap = async (selector) => {
      const node = find(selector);
      assert.ok(node, `there is no ${selector}`);
      const touch = { x: 0, y: 0 };
      node.dispatchEvent('touchstart', { touches: [touch], changedTouches: [touch] });
      node.dispatchEvent('touchend', { touches: [], changedTouches: [touch] });
      await simulate.sleep(30);
    };
    assert.equal(find('.count').dom.textContent, '2');
    await tap('.launcher');
    assert.deepEqual(acts.pop(), ['show', true]);
    view.open = true;
    live.pageShown(true);
    const text = component.dom.textContent;
    for (const words of ['卡号一直说格式不对', '卡号怎么填', '一共 16 到 19 位', '解决了', '转人工']) assert.ok(text.includes(words), words);
    await tap('.choice');
    assert.deepEqual(acts.pop(), ['choose', 'm2', 'helped:yes']);
    view.offer = OFFER;
    live.pageShown(true);
    assert.deepEqual(acts.pop(), ['sawOffer', 7]);
    await tap('.offer .primary');
    assert.deepEqual(acts.pop(), ['answerOffer', 7, true]);
    await tap('.to-human');
    assert.deepEqual(acts.pop(), ['askHuman']);
  });
}

/** The class that draws, over a view of the test's. */
async function drawn() {
  const { build } = createRequire(join(root, 'www/package.json'))('esbuild');
  const source = `
    import { Held } from ${JSON.stringify(join(root, 'www/src/mini/widget/held.ts'))};
    export function held(instance, view, act, settings = {}, log = []) {
      const query = { select: () => query, boundingClientRect: () => query, exec: (then) => then([{ left: 16, top: 180, width: 358, height: 76 }]) };
      const user = new Proxy({}, { get: (_, name) => (...args) => act(name, ...args) });
      const session = { conversation: { view, watch: () => () => undefined, change: (patch) => Object.assign(view, patch) }, user, egress: { log }, retry: () => act('retry') };
      const vendor = { api: { createSelectorQuery: () => query }, isDark: () => false, screen: () => ({ height: 780, inset: 0 }) };
      return new Held({ vendor, settings, capture: { onUse: () => undefined } }, session, instance);
    }`;
  const { outputFiles } = await build({ stdin: { contents: source, resolveDir: root, loader: 'ts' }, bundle: true, write: false, format: 'cjs', platform: 'node' });
  return outputFiles[0].text;
}
