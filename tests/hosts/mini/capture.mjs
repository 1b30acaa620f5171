// What is seen of an app, kind by kind; and that the app notices nothing of it.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alipay, wechat } from './apps.mjs';
import { root } from './made.mjs';

const PAGE = 'pages/card/done';
/** A page with what the example has not. Its handlers show what they got, and give something back. */
const SCRIPT = `
const { unstuck } = getApp();
Page({
  data: { n: 0, clock: 0 },
  onLoad() { this.loaded = true; },
  dead(event) { this.last = event; return 'given back'; },
  deadToo() {},
  broken() { throw new TypeError('of the app'); },
  tick() { this.setData({ clock: 1 }); },
  react() { this.setData({ n: 1 }); },
  sent() {}, picked() {}, typed() {}, left() {}, moved() {},
  copies() { wx.setClipboardData({ data: 'secret words' }); },
  calls() { wx.request({ url: '${'http://127.0.0.1:4600'}/api/orders/8813?token=secret', success: (answer) => (this.answer = answer) }); },
  tells() { unstuck.track('coupon_applied'); unstuck.search(0); unstuck.refused('a.field', 'too_short'); },
});`;
const MARKUP = `<view>
<view data-unstuck="a.dead" data-unstuck-ignore="rage_click dead_click" bindtap="dead" />
<view data-unstuck="a.outer" bindtap="deadToo" />
<view id="order-8813" bindtap="deadToo" data-unstuck-x="" />
<view data-unstuck="a.broken" bindtap="broken" /><view data-unstuck="a.tick" bindtap="tick" /><view data-unstuck="a.react" bindtap="react" data-unstuck-control="none" data-unstuck-opens="print" />
<view data-unstuck="a.help" data-unstuck-help="" bindtap="deadToo" />
<form data-unstuck="a.form" bindsubmit="sent" />
<input data-unstuck="a.field" data-unstuck-form="a.form" bindinput="typed" bindblur="left" /><switch data-unstuck="a.switch" bindchange="picked" />
<scroll-view data-unstuck="a.list" id="list" bindscroll="moved" />
<view data-unstuck="a.copies" bindtap="copies" /><view data-unstuck="a.calls" bindtap="calls" /><view data-unstuck="a.tells" bindtap="tells" />
</view><unstuck />`;

export function* captured(made, origin) {
  yield ['capture: each kind of event, and no word that was typed', () => eachKind(made, origin)];
  yield ["capture: the app's own functions, results and errors are as ever", () => staysOut(made, origin)];
  yield ['capture: calls that are answered by a promise stay promises', () => promises(made, origin)];
  yield ['shims: text is coded as the standard says', codesText];
}

async function open(made, origin) {
  const heard = [];
  const app = await wechat(made.wechat.to, origin, {
    options: "explain: (told) => heard.push(told), ignoreData: ['clock'], targets: { 'bind-submit': 'bind.submit' },",
    extra: { heard },
    added: { [`${PAGE}.js`]: SCRIPT.replaceAll('http://127.0.0.1:4600', origin), [`${PAGE}.wxml`]: MARKUP },
  })();
  await app.open(PAGE);
  await app.until('the engine', () => heard.length > 1);
  // Copies, because what the app made is of another realm.
  const events = () => JSON.parse(JSON.stringify(heard.map(({ input }) => input).filter(({ input }) => input === 'event')));
  return { app, events, last: (kind) => events().filter((event) => event.kind === kind).pop() };
}

async function eachKind(made, origin) {
  const { app, events, last } = await open(made, origin);
  const after = async (kind, act) => {
    const before = events().filter((event) => event.kind === kind).length;
    await act();
    await app.until(`an event of the kind ${kind}`, () => events().filter((event) => event.kind === kind).length > before, 3_000);
    const { input: _, t, ...event } = last(kind);
    assert.ok(t > 1e12);
    assert.equal(event.screen, '/cards/new/done');
    return event;
  };
  const screen = '/cards/new/done';
  try {
    assert.deepEqual(events().filter(({ kind }) => kind === 'screen').map((event) => [event.screen, event.how]), [['/', 'forward'], [screen, 'forward']]);
    assert.deepEqual(await after('tap', () => app.use('a.dead', 'tap', { x: 3, y: 4 })), {
      screen, kind: 'tap', target: 'a.dead', control: 'button', x: 3, y: 4, disabled: false, opens: 'nothing', selection: false, modifier: false, ignore: ['rage_click', 'dead_click'],
    });
    const none = await after('tap', () => app.use('a.react', 'tap', {}));
    assert.deepEqual([none.control, none.opens], ['none', 'print']);
    assert.equal((await after('activity', () => app.use('a.react', 'tap', {}))).what, 'dom');
    await app.pause(2_000);
    const moved = events().filter(({ kind }) => kind === 'activity').length;
    await app.use('a.tick', 'tap', {});
    await app.pause(1_000);
    assert.equal(events().filter(({ kind }) => kind === 'activity').length, moved, 'a clock is no reaction');
    await after('help', () => app.use('a.help', 'tap', {}));
    assert.deepEqual(await after('input', () => app.use('a.field', 'input', { value: 'typed secret' })), { screen, kind: 'input', field: 'a.field', form: 'a.form', length: 'medium', valid: null, ignore: [] });
    assert.deepEqual((await after('input', () => app.use('a.switch', 'change', { value: true }))).ignore, ['field_reedit']);
    assert.equal((await after('submit', () => app.use('a.form', 'submit', {}))).form, 'a.form');
    assert.equal((await after('js_error', () => app.life.error.forEach((then) => then('MiniProgramError\nTypeError: secret words\n at x')))).class, 'TypeError');
    await after('copy', () => app.use('a.copies', 'tap', {}));
    const scrolled = await after('scroll', async () => {
      for (const scrollTop of [0, 400, 100, 500]) await app.use('a.list', 'scroll', { scrollTop });
    });
    assert.deepEqual([scrolled.reversals, scrolled.distance_px], [2, 1100]);
    const call = await after('api', () => app.use('a.calls', 'tap', {}));
    await app.until('the end of the call', () => last('api').status !== 'pending');
    assert.deepEqual([call.endpoint, last('api').endpoint, last('api').status], ['GET /api/orders/:id', 'GET /api/orders/:id', 'client']);
    await app.use('a.tells', 'tap', {});
    await app.until('what the app says', () => last('validation_error'));
    assert.equal(last('custom').name, 'coupon_applied');
    assert.equal(last('search').results, 0);
    assert.deepEqual([last('validation_error').field, last('validation_error').code], ['a.field', 'too_short']);
    await app.hide();
    await app.until('the background', () => last('visibility')?.visible === false);
    await app.back();
    await app.until('the way back', () => last('screen').how === 'back');
    assert.equal(last('screen').screen, '/');
    const all = JSON.stringify(events());
    assert.ok(!/secret|8813/.test(all), 'a word or a number got in');
    return `${new Set(events().map(({ kind }) => kind)).size} kinds`;
  } finally {
    await app.kill();
  }
}

async function staysOut(made, origin) {
  const { app, events } = await open(made, origin);
  try {
    const { page } = app;
    const event = app.inside({ type: 'tap', timeStamp: 1, currentTarget: { id: 'x', dataset: { unstuck: 'one' } }, detail: {} });
    assert.equal(page.dead(event), 'given back');
    assert.equal(page.last, event);
    assert.equal(page.loaded, true);
    assert.throws(() => page.broken(event), /of the app/);
    assert.equal(page.dead('no event'), 'given back');
    // An id is taken where there is no `data-unstuck`, one that a framework made up is not.
    const tapOf = async (id, dataset, timeStamp) => {
      page.dead(app.inside({ ...event, timeStamp, currentTarget: { id, dataset } }));
      await app.until('the tap', () => events().some(({ kind, target }) => kind === 'tap' && target !== 'one'));
      await app.pause(1_500);
      return events().filter(({ kind }) => kind === 'tap').pop().target;
    };
    assert.equal(await tapOf('bind-submit', {}, 11), 'bind.submit');
    assert.equal(await tapOf('other', {}, 12), 'other');
    assert.equal(await tapOf('_AB', { sid: '_AB' }, 13), 'dead');
    assert.equal(await tapOf('order-8813', {}, 14), 'dead');
    // uni-app's: hung on the instance while it renders, and changed by their `value`.
    const late = app.run('(page) => { const f = (e) => f.value(e); f.value = () => "first"; page.e0 = f; page.setData({ n: 2 }); return f; }')(page);
    assert.notEqual(page.e0, late);
    assert.equal(page.e0(app.inside({ ...event, timeStamp: 20, currentTarget: { id: '', dataset: { unstuck: 'late' } } })), 'first');
    page.e0.value = () => 'second';
    assert.equal(page.e0(), 'second');
    await app.until('the tap', () => events().some(({ target }) => target === 'late'));
    // The same touch in an element and in the one around it is one tap.
    const taps = () => events().filter(({ kind, target }) => kind === 'tap' && ['inner', 'outer'].includes(target));
    page.dead(app.inside({ ...event, timeStamp: 77, currentTarget: { id: '', dataset: { unstuck: 'inner' } } }));
    page.deadToo(app.inside({ ...event, timeStamp: 77, currentTarget: { id: '', dataset: { unstuck: 'outer' } } }));
    await app.until('the tap', () => taps().length > 0);
    assert.deepEqual(taps().map(({ target }) => target), ['inner']);
    await app.use('a.calls', 'tap', {});
    await app.until('the answer', () => page.answer);
    assert.equal(page.answer.statusCode, 404);
    await app.run('getApp().unstuck.shutdown()');
    const before = events().length;
    assert.equal(page.dead(event), 'given back');
    await app.pause(1_000);
    assert.equal(events().length, before, 'silent after shutdown');
    assert.deepEqual([app.warnings, app.uncaught], [[], []]);
  } finally {
    await app.kill();
  }
}

async function promises(made, origin) {
  const app = await alipay(made.alipay.to, origin)();
  try {
    const good = await app.run(`my.request({ url: '${origin}/api/cards' })`);
    assert.equal(good.status, 200);
    await assert.rejects(Promise.resolve(app.run(`my.request({ url: '${origin}/api/nothing' })`)), (error) => error.status === 404);
    assert.equal(app.run(`my.request({ url: '${origin}/api/cards', success() {} })`), undefined);
  } finally {
    await app.kill();
  }
}

/** Against this process's own classes, over text of all planes, half pairs and bytes at random; the seed is fixed. */
async function codesText() {
  const { build } = createRequire(join(root, 'www/package.json'))('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(root, 'www/src/mini/shims.ts')], bundle: true, write: false, format: 'esm', platform: 'node' });
  const shims = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  let seed = 7;
  const random = (below) => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) % below;
  const [ours, own] = [new shims.TextDecoder(), new TextDecoder('utf-8', { ignoreBOM: true })];
  const [coder, ownCoder] = [new shims.TextEncoder(), new TextEncoder()];
  let count = 0;
  for (let round = 0; round < 4_000; round++) {
    const bytes = Uint8Array.from({ length: random(24) }, () => (random(3) ? 0x80 + random(0x80) : random(0x80)));
    // Rust hands out good UTF-8 only: of anything else it is enough that it throws nothing.
    const decoded = ours.decode(bytes);
    if (wellFormed(bytes)) assert.equal(decoded, own.decode(bytes));
    else assert.ok(decoded.includes('\ufffd'), `${bytes}`);
    const text = String.fromCharCode(...Array.from({ length: random(40) }, () => [random(0x80), 0x4e00 + random(0x5000), 0xd800 + random(0x800), random(0x10000)][random(4)]));
    assert.deepEqual([...coder.encode(text)], [...ownCoder.encode(text)]);
    assert.equal(ours.decode(ownCoder.encode(text)), own.decode(ownCoder.encode(text)));
    count += 1;
  }
  const long = '钱包A😀'.repeat(30_000);
  assert.equal(ours.decode(coder.encode(long)), long);
  return `${count} rounds`;
}

function wellFormed(bytes) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
