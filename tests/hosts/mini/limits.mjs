// Consent, storage and its limits.

import assert from 'node:assert/strict';
import { alipay, wechat } from './apps.mjs';
import { getsStuck } from './session.mjs';

const gone = (name) => (bytes, path) => {
  if (path.includes(name)) throw new Error('no such file');
  return bytes;
};

export function* limits(made, origin) {
  yield ['consent: nothing is seen, kept or loaded before the platform has it', () => waitsForThePlatform(made, origin)];
  yield ['consent: taken back, all is forgotten', () => forgets(made, origin)];
  yield ['storage: full, the session goes on', () => fullStorage(made, origin)];
  yield ['storage: no value is over 200 KB on Alipay, and long ones come back whole', () => longValues(made, origin)];
  yield ['storage: after half an hour away a session begins anew', () => beginsAnew(made, origin)];
  yield ['the guide points at elements, waits, and says what it skipped', () => guides(made, origin)];
}

async function waitsForThePlatform(made, origin) {
  const read = [];
  const app = await wechat(made.wechat.to, origin, { privacy: true, tamper: (bytes, path) => (read.push(path), bytes) })();
  try {
    await app.use('cards.add', 'tap', { x: 1, y: 1 });
    await app.pause(4_000);
    assert.equal(app.storage.size, 0);
    assert.deepEqual(read, []);
    assert.equal(app.widget.there, false);
    // The user agrees in a dialogue of the app's; the next tap of theirs tells.
    app.privacy = false;
    await app.use('bind.number.next', 'tap', { x: 1, y: 1 });
    await app.until('the widget', () => app.widget.there);
    await app.back();
    await getsStuck(app);
    const kept = [...app.storage.values()].join('');
    assert.ok(!kept.includes('cards.add') || !kept.includes('"t":0'));
    assert.deepEqual([app.warnings, app.uncaught], [[], []]);
  } finally {
    await app.kill();
  }
}

async function forgets(made, origin) {
  const app = await wechat(made.wechat.to, origin)();
  try {
    await getsStuck(app);
    await app.hide();
    assert.ok(app.storage.size > 0);
    await app.run('getApp().unstuck.consent(false)');
    await app.settle(50);
    const left = [...app.storage.keys()].filter((key) => !key.endsWith('.left'));
    assert.deepEqual(left, []);
    assert.equal(app.widget.there, false);
  } finally {
    await app.kill();
  }
}

async function fullStorage(made, origin) {
  const start = wechat(made.wechat.to, origin);
  const storage = new Map([['the app', 'x'.repeat(1_000)]]);
  const { WeChat } = await import('./wechat.mjs');
  Object.defineProperty(WeChat.prototype, 'room', { get: () => 1_500, configurable: true });
  let app;
  try {
    app = await start(storage);
    await getsStuck(app);
    await app.hide();
    assert.equal(storage.get('the app').length, 1_000);
    assert.deepEqual([app.warnings, app.uncaught], [[], []]);
  } finally {
    delete WeChat.prototype.room;
    await app?.kill();
  }
}

/** Without an engine all that happens is kept for it: that is much. */
async function longValues(made, origin) {
  const app = await alipay(made.alipay.to, origin, { tamper: gone('core.wasm') })();
  const name = (n) => `${'n'.repeat(58)}${n}`;
  await app.until('the line', () => app.warnings.length > 0);
  for (let n = 0; n < 1_900; n++) app.run(`getApp().unstuck.track('${name(n)}')`);
  await app.settle(50);
  await app.hide();
  await app.kill();
  const kept = [...app.storage].filter(([key]) => key.startsWith('unstuck.session.unstuck:session'));
  const longest = Math.max(...kept.map(([, text]) => Buffer.byteLength(text)));
  assert.ok(kept.length > 1, 'it lies in pieces');
  assert.ok(longest <= 200 * 1024, `${longest} bytes`);
  const again = await alipay(made.alipay.to, origin)(app.storage);
  try {
    await again.until('the engine', () => again.widget.there && !again.widget.panel.status);
    await again.until('a snapshot in place of the inputs', () => (again.storage.get('unstuck.session.unstuck:session') ?? '').startsWith('1|'));
    assert.deepEqual([again.warnings, again.uncaught], [[], []]);
    return `${kept.length} pieces, the longest of ${longest} bytes; ${again.most} bytes at most in all`;
  } finally {
    await again.kill();
  }
}

async function beginsAnew(made, origin) {
  const start = wechat(made.wechat.to, origin);
  const app = await start();
  await app.until('the widget', () => app.widget.there);
  await app.run("getApp().unstuck.ask('你好')");
  await app.until('words', () => app.widget.messages.length > 0);
  await app.hide();
  await app.kill();
  const kept = new Map(app.storage);
  const soon = await start(new Map(kept));
  await soon.until('the words', () => soon.widget.there && soon.widget.messages.length > 0);
  await soon.kill();
  kept.set('unstuck.left', String(Number(kept.get('unstuck.left')) - 31 * 60_000));
  const late = await start(kept);
  await late.until('the widget', () => late.widget.there);
  assert.equal(late.widget.messages.length, 0);
  await late.kill();
}

/** The playbook's own guide to the expiry date: two of its three places are not in this app. */
async function guides(made, origin) {
  const app = await wechat(made.wechat.to, origin)();
  try {
    await app.until('the widget', () => app.widget.there);
    await app.use('cards.add', 'tap', { x: 1, y: 1 });
    await app.until('the card page', () => app.page.route === 'pages/card/number');
    await app.use('bind.number.card', 'input', { value: '6222020200112233446' });
    await app.use('bind.number.next', 'tap', { x: 1, y: 1 });
    await app.until('the identity page', () => app.page.route === 'pages/card/identity');
    await app.run("getApp().unstuck.ask('有效期怎么填')");
    const offered = () => {
      for (const { id, choices } of app.widget.messages) {
        const choice = choices.find((one) => one.id === 'guide:set-expiry');
        if (choice) return { message: id, choice: choice.id };
      }
      return undefined;
    };
    await app.tapWidget('tapChoice', await app.until('the offer of a guide', offered));
    await app.until('the search for the first place', () => app.widget.guide?.skip);
    await app.until('the last step', () => app.widget.guide?.frame);
    assert.equal(app.widget.open, false);
    assert.equal(app.widget.guide.count, '第 3 步，共 3 步');
    assert.match(app.widget.guide.note, /已跳过第 2 步/);
    assert.equal(app.widget.guide.frame, 'left:10px;top:114px;width:352px;height:60px');
    // Using what is pointed at ends the step.
    await app.use('bind.identity.next', 'tap', { x: 1, y: 1 });
    await app.until('the end of the guide', () => app.widget.guide === null && app.widget.open);
    assert.deepEqual([app.warnings, app.uncaught], [[], []]);
  } finally {
    await app.kill();
  }
}
