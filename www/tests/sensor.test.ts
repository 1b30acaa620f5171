// The sensor in a real browser: what it captures of a page, and what never.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Event } from '../src/contracts/index.ts';
import { openBrowser } from './browser.ts';
import { serve, type TestServer } from './server.ts';

type Kind = Event['kind'];
type Of<K extends Kind> = Extract<Event, { kind: K }>;

let browser: Browser;
let server: TestServer;
let page: Page;
const errors: string[] = [];

before(async () => {
  [server, browser] = await Promise.all([serve(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${server.url}/page/sensor.html?token=secret#part`);
});
afterEach(async () => {
  await page.close();
  server.override = () => false;
  assert.deepEqual(errors.splice(0), [], 'the page threw');
});

async function seen<K extends Kind>(kind: K): Promise<Of<K>[]> {
  const all = await page.evaluate(() => (window as unknown as { seen: Event[] }).seen);
  return all.filter((event): event is Of<K> => event.kind === kind);
}

async function eventually<K extends Kind>(kind: K, count = 1): Promise<Of<K>[]> {
  for (let tries = 0; tries < 60; tries++) {
    const found = await seen(kind);
    if (found.length >= count) return found;
    await page.waitForTimeout(50);
  }
  assert.fail(`no ${count} "${kind}" in ${JSON.stringify(await page.evaluate(() => (window as unknown as { seen: Event[] }).seen))}`);
}

test('controls are told apart, and what a tap opens', async () => {
  const cases: [selector: string, control: string, opens: string][] = [
    ['[data-unstuck="card.number"]', 'text', 'nothing'],
    ['[data-unstuck=count]', 'stepper', 'nothing'],
    ['[data-unstuck=day]', 'date', 'nothing'],
    ['[data-unstuck=agree]', 'toggle', 'nothing'],
    ['[data-unstuck=plus]', 'stepper', 'nothing'],
    ['[data-unstuck=slide]', 'carousel', 'nothing'],
    ['[data-unstuck=page2]', 'pagination', 'nothing'],
    ['[data-unstuck=day9]', 'date', 'nothing'],
    ['[data-unstuck=fake]', 'button', 'nothing'],
    ['[data-unstuck=words]', 'none', 'nothing'],
    ['[data-unstuck=help]', 'button', 'nothing'],
  ];
  for (const [selector] of cases) await page.click(selector);
  const taps = await eventually('tap', cases.length);
  assert.deepEqual(taps.map(({ control, opens }) => [control, opens]), cases.map(([, control, opens]) => [control, opens]));
  assert.equal((await eventually('help')).length, 1);
});

test('a radio button and what is open already are choices; a tick is no text', async () => {
  await page.evaluate(() => document.body.insertAdjacentHTML('afterbegin', `
    <label><input type="radio" name="way" data-unstuck="radio"></label>
    <input type="checkbox" data-unstuck="tick">
    <nav class="pagination"><ul>
      <li class="item item-active"><a role="button" data-unstuck="here">1</a></li>
      <li class="item"><a role="button" data-unstuck="there">2</a></li>
    </ul></nav>
    <div role="tablist"><b role="tab" aria-selected="true" data-unstuck="open">Bills</b></div>`));
  for (const name of ['radio', 'here', 'there', 'open', 'tick']) await page.click(`[data-unstuck=${name}]`);
  const taps = await eventually('tap', 5);
  assert.deepEqual(taps.map(({ control }) => control), ['select', 'select', 'pagination', 'select', 'toggle']);
  const ticked = (await eventually('input', 2)).find(({ field }) => field === 'tick');
  assert.ok(ticked?.ignore?.includes('field_reedit'));
});

test('ripples, focus rings and marks of validity are no reaction; a word that changes is one', async () => {
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('afterbegin', '<button data-unstuck="kit" class="btn">Pay</button>');
    const kit = document.querySelector('[data-unstuck=kit]')!;
    let presses = 0;
    kit.addEventListener('click', () => {
      kit.insertAdjacentHTML('beforeend', '<span class="kit-ripple"><i class="wave"></i></span>');
      kit.classList.add('btn--focused');
      kit.setAttribute('data-user-valid', '');
      kit.setAttribute('class', kit.className);
      if ((presses += 1) === 2) kit.firstChild!.nodeValue = 'Paying';
    });
  });
  await page.waitForTimeout(400);
  const moved = async () => (await seen('activity')).filter(({ what }) => what === 'dom').length;
  const before = await moved();
  await page.click('[data-unstuck=kit]');
  await page.waitForTimeout(400);
  assert.equal(await moved(), before);
  await page.click('[data-unstuck=kit]');
  await page.waitForTimeout(400);
  assert.ok((await moved()) > before);
});

test('downloads, new tabs, mail links and file fields say what they open', async () => {
  await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
  for (const name of ['terms', 'tab', 'mail', 'file']) await page.click(`[data-unstuck=${name}]`);
  const taps = await eventually('tap', 4);
  assert.deepEqual(taps.map(({ target, opens }) => [target, opens]), [
    ['terms', 'download'], ['tab', 'new_tab'], ['mail', 'new_tab'], ['file', 'file_picker'],
  ]);
});

test('disabled controls are seen as disabled, natively and by ARIA', async () => {
  for (const name of ['off', 'soft-off']) await page.click(`[data-unstuck=${name}]`, { force: true });
  const taps = await eventually('tap', 2);
  assert.deepEqual(taps.map(({ target, disabled }) => [target, disabled]), [['off', true], ['soft-off', true]]);
});

test('ids are given ones, or ways from them; never generated ones', async () => {
  await page.click('#inner');
  await page.click('#r1234567');
  await page.click('[data-unstuck=deep]');
  const targets = (await eventually('tap', 3)).map(({ target }) => target);
  assert.deepEqual(targets, ['card.submit', 'holder-less/div/button', 'deep']);
});

test('opt-outs hold through ancestors and shadow roots', async () => {
  await page.evaluate(() => document.querySelector('#shadow')!.setAttribute('data-unstuck-ignore', 'rage_click'));
  for (const name of ['quiet', 'silent', 'deep']) await page.click(`[data-unstuck=${name}]`);
  const [quiet, silent, deep] = await eventually('tap', 3);
  assert.deepEqual(quiet!.ignore!.sort(), ['dead_click', 'hesitation', 'rage_click']);
  assert.ok(silent!.ignore!.includes('rage_click') && silent!.ignore!.includes('field_reedit'));
  assert.deepEqual(deep!.ignore!.sort(), ['error_click', 'rage_click']);
});

test('a label counts once, a modifier and a selection are told', async () => {
  await page.click('[data-unstuck=label]', { position: { x: 2, y: 2 } });
  await page.click('[data-unstuck=words]', { modifiers: ['Shift'] });
  await page.dblclick('[data-unstuck=words]');
  const taps = await eventually('tap', 4);
  assert.equal(taps.filter(({ target }) => target === 'choice' || target === 'label').length, 1);
  const words = taps.filter(({ target }) => target === 'words');
  assert.equal(words[0]!.modifier, true);
  assert.equal(words.at(-1)!.selection, true);
});

test('a burst of typing is one edit: how much and whether valid, never what', async () => {
  await page.type('[data-unstuck="card.number"]', '622', { delay: 15 });
  const [edit] = await eventually('input');
  assert.deepEqual([edit!.field, edit!.form, edit!.length, edit!.valid], ['card.number', 'card', 'short', false]);
  await page.type('[data-unstuck="card.number"]', '2021234', { delay: 15 });
  await page.press('[data-unstuck="card.number"]', 'Tab');
  const edits = await eventually('input', 2);
  assert.deepEqual([edits[1]!.length, edits[1]!.valid], ['medium', true]);
  // Without the time, whose digits can be those that were typed.
  const seen = await page.evaluate(() => (window as unknown as { seen: Event[] }).seen);
  const all = JSON.stringify(seen, (key, value) => (key === 't' ? undefined : value));
  assert.ok(!all.includes('622') && !all.includes('secret') && !all.includes('token'), all);
});

test('refusals: by the browser, by ARIA, and the same one again after the next submit', async () => {
  await page.evaluate(() => (document.querySelector('form') as HTMLFormElement).reportValidity());
  const [native] = await eventually('validation_error');
  assert.deepEqual([native!.field, native!.code], ['card.number', 'value_missing']);
  await page.waitForTimeout(450);
  await page.evaluate(() => {
    const field = document.querySelector('[name=holder]')!;
    field.setAttribute('data-unstuck-code', 'name_mismatch');
    field.setAttribute('aria-invalid', 'true');
  });
  const told = await eventually('validation_error', 2);
  assert.deepEqual([told[1]!.field, told[1]!.code], ['holder', 'name_mismatch']);
  await page.waitForTimeout(450);
  await page.click('[data-unstuck="card.submit"]');
  assert.equal((await eventually('submit'))[0]!.form, 'card');
  assert.equal((await eventually('validation_error', 3))[2]!.field, 'holder');
});

test('calls: template, class, latency, and a code only where it looks like one', async () => {
  server.override = (request, response) => {
    const path = new URL(request.url!, server.url).pathname;
    if (!path.startsWith('/api/')) return false;
    if (path === '/api/hang') return true;
    const answers: Record<string, [number, Record<string, string>, string]> = {
      '/api/pay/8813': [402, { 'content-type': 'application/json' }, '{"error":{"code":"card_expired","message":"Jane, your card"}}'],
      '/api/words': [422, { 'content-type': 'application/json' }, '{"error":{"code":"Dear Jane, no"}}'],
      '/api/header': [500, { 'x-error-code': 'upstream_down' }, ''],
    };
    const [status, headers, body] = answers[path] ?? [200, {}, 'fine'];
    response.writeHead(status, headers).end(body);
    return true;
  };
  const bodies = await page.evaluate(async () => {
    const paid = await fetch('/api/pay/8813?card=6222', { method: 'POST' });
    const body = await paid.text();
    await fetch('/api/words');
    await fetch(new Request('/api/header'));
    const xhr = new XMLHttpRequest();
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.open('GET', '/api/old');
      xhr.send();
    });
    const stop = new AbortController();
    const hanging = fetch('/api/hang', { signal: stop.signal }).catch((error: Error) => error.name);
    setTimeout(() => stop.abort(), 30);
    return [body, xhr.responseText, await hanging];
  });
  assert.deepEqual(bodies, ['{"error":{"code":"card_expired","message":"Jane, your card"}}', 'fine', 'AbortError']);
  const calls = (await eventually('api', 10)).map(({ endpoint, status, code }) => [endpoint, status, code]);
  assert.deepEqual(calls.filter(([, status]) => status !== 'pending'), [
    ['POST /api/pay/:id', 'client', 'card_expired'],
    ['GET /api/words', 'client', ''],
    ['GET /api/header', 'server', 'upstream_down'],
    ['GET /api/old', 'ok', ''],
    ['GET /api/hang', 'cancelled', ''],
  ]);
  assert.equal(calls.filter(([, status]) => status === 'pending').length, 5);
});

test('a rejected fetch that the app does not catch stays an unhandled rejection', async () => {
  await page.evaluate(() => {
    (window as unknown as { unhandled: string[] }).unhandled = [];
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      (window as unknown as { unhandled: string[] }).unhandled.push((event.reason as Error).name);
    });
    void fetch('http://127.0.0.1:1/nothing');
  });
  const [failed] = (await eventually('api', 2)).slice(-1);
  assert.equal(failed!.status, 'network');
  assert.equal((await eventually('js_error'))[0]!.class, 'TypeError');
  assert.deepEqual(await page.evaluate(() => (window as unknown as { unhandled: string[] }).unhandled), ['TypeError']);
});

test('screens: loading, pushing, going back, hashes; a query is no screen', async () => {
  await page.evaluate(() => {
    history.pushState({}, '', '/orders/42?tab=1');
    history.pushState({}, '', '/orders/42?tab=2');
    history.pushState({}, '', '/help');
  });
  await page.goBack();
  await page.goBack();
  await page.waitForTimeout(100);
  const screens = (await seen('screen')).map(({ screen, how }) => [screen, how]);
  assert.deepEqual(screens, [
    ['/page/sensor.html', 'forward'], ['/orders/:id', 'forward'], ['/help', 'forward'], ['/orders/:id', 'back'],
  ]);
  await page.evaluate(() => (location.hash = '#/bind/1'));
  await page.waitForTimeout(50);
  assert.deepEqual((await seen('screen')).at(-1)!.screen, '/bind/:id');
  await page.goto(`${server.url}/page/sensor.html`);
  await page.reload();
  assert.equal((await eventually('screen'))[0]!.how, 'reload');
});

test('errors are told by class, never by message', async () => {
  await page.evaluate(() => {
    setTimeout(() => {
      throw new RangeError('order 8813 of Jane');
    });
  });
  assert.equal((await eventually('js_error'))[0]!.class, 'RangeError');
  assert.deepEqual(errors.splice(0), ['order 8813 of Jane']);
  assert.ok(!JSON.stringify(await seen('js_error')).includes('Jane'));
});

test('a burst of scrolling tells its turns', async () => {
  await page.evaluate(() => {
    dispatchEvent(new WheelEvent('wheel'));
    // Within one task: however slow the machine, the burst has no pause.
    for (const top of [300, 100, 350, 150]) {
      scrollTo(0, top);
      document.dispatchEvent(new Event('scroll', { bubbles: true }));
      const next = performance.now() + 60;
      while (performance.now() < next);
    }
  });
  const [burst] = await eventually('scroll');
  assert.equal(burst!.reversals, 3);
  assert.ok(burst!.distance_px === 950 && burst!.duration_ms >= 100, JSON.stringify(burst));
});

test('a single scroll of the browser is told as far as it went', async () => {
  await page.evaluate(() => {
    dispatchEvent(new WheelEvent('wheel'));
    scrollTo(0, 300);
  });
  const [burst] = await eventually('scroll');
  assert.ok(burst!.distance_px === 300 && burst!.reversals === 0, JSON.stringify(burst));
});

test('the page moving is activity, at most every 250 ms; a clock that opted out is none', async () => {
  await page.waitForTimeout(600);
  const before = (await seen('activity')).filter(({ what }) => what === 'dom').length;
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) {
      document.querySelector('#clock')!.textContent = String(i);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  const doms = async () => (await seen('activity')).filter(({ what }) => what === 'dom').length - before;
  assert.equal(await doms(), 0);
  await page.evaluate(async () => {
    for (let i = 0; i < 40; i++) {
      document.querySelector('#words')!.textContent = String(i);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  const count = await doms();
  assert.ok(count >= 1 && count <= 4, `${count} reports of 40 changes`);
});

test('what moves inside a shadow root counts once a tap went through it', async () => {
  await page.click('[data-unstuck=deep]');
  await page.waitForTimeout(300);
  const before = (await seen('activity')).length;
  await page.evaluate(() => document.querySelector('#shadow')!.shadowRoot!.append('more'));
  await page.waitForTimeout(50);
  assert.ok((await seen('activity')).length > before);
});

test('a search tells its number of results when it settles', async () => {
  await page.evaluate(() => {
    document.querySelector('[data-unstuck=search]')!.addEventListener('input', () => {
      document.querySelector('#results')!.setAttribute('data-unstuck-results', '0');
    });
  });
  await page.type('[data-unstuck=search]', 'refund', { delay: 20 });
  assert.deepEqual((await eventually('search')).map(({ results }) => results), [0]);
});

test('copying tells where, never what', async () => {
  await page.dblclick('#words');
  await page.keyboard.press('Control+C');
  assert.equal((await eventually('copy'))[0]!.target, 'words');
});

test('stopping puts back what was wrapped', async () => {
  const back = await page.evaluate(() => {
    const native = (f: unknown) => String(f).includes('[native code]');
    const before = native(fetch);
    window.unstuckSensor!.stop();
    return [before, native(fetch), native(history.pushState), native(XMLHttpRequest.prototype.send), 'unstuckSensor' in window];
  });
  assert.deepEqual(back, [false, true, true, true, false]);
});
