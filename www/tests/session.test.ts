// The session in a real browser, over a core that answers by script: `tests/page/core_bg.js`.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import type { Handle, Options } from '../../pkg/types/index.d.ts';
import { manifest, POLICY, serve, type TestServer } from './server.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;
let page: Page;
let warnings: string[] = [];
let errors: string[] = [];
let requests: { url: string; body: string }[] = [];

before(async () => {
  [server, browser] = await Promise.all([serve(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => requests.push({ url: request.url(), body: request.postData() ?? '' }));
});
afterEach(async () => {
  await context.close();
  server.override = () => false;
  server.csp = POLICY;
  assert.deepEqual(errors.splice(0), [], 'something was thrown into the page');
  warnings = [];
  requests = [];
});

async function open(query = '', path = 'index.html'): Promise<void> {
  await page.goto(`${server.url}/page/${path}?${query}`);
  await page.waitForFunction(() => 'unstuck' in window);
}

const ready = () => page.evaluate(() => window.unstuck.ready.then(() => 'ready', (error: Error) => error.message));
const track = (name: string) => page.evaluate((n) => window.unstuck.track(n), name);
const told = () => page.evaluate(() => window.told);
const says = (text: string) => page.waitForFunction((t) => document.querySelector('unstuck-widget')?.shadowRoot?.textContent?.includes(t), text);

async function toldOf(name: string): Promise<void> {
  await page.waitForFunction((n) => window.told.some((input) => 'name' in input && input.name === n), name);
}

test('what happened before the engine was there is told to it first, in order', async () => {
  await open();
  await track('early');
  assert.equal(await ready(), 'ready');
  await toldOf('early');
  const inputs = await told();
  assert.equal((inputs[0] as { kind?: string }).kind, 'screen');
  const times = inputs.map(({ t }) => t);
  assert.deepEqual(times, [...times].sort((a, b) => a - b));
});

test('an app of many pages goes on where it was, with nothing lost and nothing done twice', async () => {
  await open();
  await ready();
  await track('stuck');
  await page.waitForSelector('.offer:not([hidden])');
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) window.unstuck.track(`last-${i}`);
    location.href = '/page/other.html';
  });
  await page.waitForURL(/other/);
  await page.waitForFunction(() => 'unstuck' in window);
  await ready();
  await page.waitForSelector('.offer:not([hidden])');
  await track('here');
  await toldOf('here');
  assert.deepEqual(await known(), ['stuck', 'last-0', 'last-1', 'last-2', 'last-3', 'last-4', 'here', 'known']);
});

/** The names that the engine was told by `track`, on this page and on those before. */
function known(): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('unstuck:explain', ({ detail }) => {
          const { inputs } = detail.output.explain as unknown as { inputs: { kind?: string; name?: string }[] };
          const names = inputs.flatMap(({ kind, name }) => (kind === 'custom' && name ? [name] : []));
          if (names.at(-1) === 'known') resolve(names);
        });
        window.unstuck.track('known');
      }),
  );
}

test('on the next page the engine is back within 300 ms', async () => {
  await open();
  await ready();
  await track('first');
  await toldOf('first');
  const times: number[] = [];
  for (let tries = 0; tries < 5; tries++) {
    await page.goto(`${server.url}/page/other.html`);
    await page.waitForFunction(() => 'unstuck' in window);
    times.push(await page.evaluate(() => window.unstuck.ready.then(() => performance.now() - performance.getEntriesByName('init')[0]!.startTime)));
  }
  // The best of five: how busy this machine is otherwise is not what is measured.
  const best = Math.round(Math.min(...times));
  console.log(`back after ${best} ms, with the scripted core`);
  assert.ok(best < 300, `${best} ms`);
});

test('back from the browser\'s cache, the page takes up what the other page kept', async () => {
  await open();
  await ready();
  await track('before');
  await toldOf('before');
  // Playwright cannot follow a page into that cache; these are the events that the page gets.
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    const view = JSON.parse(sessionStorage.getItem('unstuck:view')!) as { messages: object[]; open: boolean };
    view.messages.push({ id: 'other', from: 'bot', text: 'Said on the other page', t: 1 });
    sessionStorage.setItem('unstuck:view', JSON.stringify({ ...view, open: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await says('Said on the other page');
  assert.equal(await page.locator('unstuck-widget').count(), 1);
  await track('back');
  await toldOf('back');
  assert.deepEqual(await known(), ['before', 'back', 'known']);
  const screens = (await told()).filter((input) => 'kind' in input && input.kind === 'screen');
  assert.equal((screens.at(-1) as { how?: string }).how, 'back');
});

test('a copied tab is a session of its own', async () => {
  await open();
  await ready();
  const kept = await page.evaluate(() => ({ ...sessionStorage }));
  const id = (JSON.parse(kept['unstuck:session']!) as { id: string }).id;
  const copy = await context.newPage();
  await copy.addInitScript((items) => {
    for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, value as string);
  }, kept);
  await copy.goto(`${server.url}/page/index.html`);
  await copy.evaluate(() => window.unstuck.ready);
  const other = await copy.evaluate(() => (JSON.parse(sessionStorage.getItem('unstuck:session')!) as { id: string }).id);
  assert.notEqual(other, id);
});

test('before consent nothing is captured, stored or fetched; afterwards all works; taken back, all is forgotten', async () => {
  await open('consent=wait');
  await page.click('[data-unstuck="form.agree"]');
  await page.waitForTimeout(300);
  const state = () => page.evaluate(() => ({ kept: Object.keys(sessionStorage).concat(Object.keys(localStorage)), wrapped: !String(fetch).includes('[native code]') }));
  assert.deepEqual(await state(), { kept: [], wrapped: false });
  assert.ok(!requests.some(({ url }) => url.includes('/bundle/')));
  await page.evaluate(() => window.unstuck.consent(true));
  assert.equal(await ready(), 'ready');
  await track('after');
  await toldOf('after');
  const kinds = (await told()).map((input) => ('kind' in input ? input.kind : ''));
  assert.ok(!kinds.includes('tap'), 'the tap before consent was told');
  await page.evaluate(() => window.unstuck.consent(false));
  assert.deepEqual(await state(), { kept: [], wrapped: false });
  assert.equal(await page.locator('unstuck-widget').count(), 0);
});

test('a refused input costs only itself; a trapped engine is started again', async () => {
  await open();
  await ready();
  await track('bad');
  await track('fine');
  await toldOf('fine');
  assert.deepEqual(warnings.splice(0), ['unstuck: an input was refused: /name: it is too long; 64 characters are the most']);
  await track('trap');
  await page.waitForTimeout(200);
  await track('alive');
  await toldOf('alive');
});

test('a bundle that was tampered with is refused with a sentence, and the page lives on', async () => {
  server.override = (request, response) => {
    if (!request.url?.includes('behaviour.onnx')) return false;
    response.writeHead(200).end('tampered');
    return true;
  };
  await open();
  assert.match(await ready(), /behaviour\.onnx is not the file that manifest\.json lists/);
  assert.equal(warnings.filter((line) => line.startsWith('unstuck:')).length, 1);
  await page.click('[data-unstuck="form.agree"]');
  server.override = () => false;
  await page.evaluate(() => window.unstuck.open());
  await page.click('.status button');
  await track('again');
  await toldOf('again');
});

test('a bundle that is switched off leaves the page as if nothing was there', async () => {
  server.override = (request, response) => {
    if (!request.url?.includes('manifest.json')) return false;
    response.writeHead(200).end(JSON.stringify({ ...manifest(), enabled: false }));
    return true;
  };
  await open();
  assert.match(await ready(), /the bot is off/);
  await page.waitForFunction(() => !document.querySelector('unstuck-widget'));
  assert.equal(await page.evaluate(() => String(fetch).includes('[native code]')), true);
});

test('a staged roll-out gives the bundle before to those who are not in it yet', async () => {
  const fetched: string[] = [];
  server.override = (request, response) => {
    if (!request.url?.startsWith('/bundle/') && !request.url?.startsWith('/old/')) return false;
    fetched.push(request.url);
    if (request.url !== '/bundle/manifest.json') {
      request.url = request.url.replace('/old/', '/bundle/');
      return false;
    }
    response.writeHead(200).end(JSON.stringify({ ...manifest(), rollout: { percent: 0, previous: '../old' } }));
    return true;
  };
  await open();
  assert.equal(await ready(), 'ready');
  assert.ok(fetched.includes('/old/behaviour.onnx'), fetched.join(' '));
});

test('without a worker the page runs the engine', async () => {
  server.csp = POLICY.replace("worker-src 'self'", "worker-src 'none'");
  await open();
  assert.equal(await ready(), 'ready');
  await track('here');
  await toldOf('here');
});

test('a snapshot of another version costs only itself', async () => {
  await open();
  await ready();
  await page.goto(`${server.url}/page/page.css`);
  await page.evaluate(() => {
    const kept = JSON.parse(sessionStorage.getItem('unstuck:session')!) as Record<string, unknown>;
    sessionStorage.setItem('unstuck:session', JSON.stringify({ ...kept, snapshot: '{"broken":true}' }));
  });
  await open('', 'other.html');
  assert.equal(await ready(), 'ready');
  assert.ok(warnings.some((line) => line.includes('the session begins anew: snapshot: it is of another version')));
});

test('tools: an answer, one that never comes, one that throws, one that is not there', async () => {
  const cases: [tool: string, expected: string][] = [
    ['async (args) => ({ outcome: "sent", values: { to: args.phone } })', 'tool: sent {"to":"last four"}'],
    ['() => new Promise(() => {})', 'tool: failed {}'],
    ['() => { throw new Error("no") }', 'tool: failed {}'],
    ['() => "sent"', 'tool: failed {}'],
  ];
  for (const [tool, expected] of cases) {
    server.override = async (request, response) => {
      if (!request.url?.startsWith('/page/main.js')) return false;
      const body = await import('node:fs/promises').then(({ readFile }) => readFile('tests/page/main.js', 'utf8'));
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(body.replace(/resend_code: .*/, `resend_code: ${tool} },`));
      return true;
    };
    await page.evaluate(() => sessionStorage.clear()).catch(() => undefined);
    await open();
    await ready();
    await page.evaluate(() => window.unstuck.open());
    await track('tool');
    await says(expected);
  }
});

test('what leaves the device passes beforeSend and is listed; no request carries a raw event', async () => {
  await open();
  await ready();
  await page.evaluate(() => (window.keep = (item) => item.kind === 'handoff'));
  await page.click('[data-unstuck="form.agree"]');
  await track('secret_step');
  await page.evaluate(() => window.unstuck.human());
  await says('I can bring in a person');
  await page.click('.choice.primary');
  await page.waitForTimeout(200);
  assert.deepEqual(await page.evaluate(() => window.unstuck.sent()), []);
  assert.deepEqual(requests.filter(({ body }) => body !== ''), []);
});

test('options that cannot be get a sentence, and nothing else happens', async () => {
  await open();
  await page.evaluate(async () => {
    window.unstuck.shutdown();
    const init = window.initUnstuck;
    for (const options of [{}, { bundle: '/b/', consent: 'maybe' }, { bundle: 'http://[' }]) init(options as Options & { bundle: string }).shutdown();
  });
  assert.deepEqual(warnings.filter((line) => !line.includes('ready')).map((line) => line.slice(9, 40)), [
    '`bundle` is missing: give the UR', 'consent is "maybe": it must be ', 'bundle is "http://[", which is ',
  ].map((line) => line.slice(0, 31)));
});

test('a script tag is enough', async () => {
  await page.goto(`${server.url}/page/global.html`);
  assert.equal(await page.evaluate(() => (window as unknown as { handle: Handle }).handle.ready.then(() => 'ready')), 'ready');
  await page.waitForSelector('.launcher');
});

test('a shutdown before the engine runs is told by `ready`, and the page does not hear that it runs', async () => {
  await open();
  const said = await page.evaluate(async () => {
    window.unstuck.shutdown();
    let heard = 0;
    addEventListener('unstuck:ready', () => (heard += 1));
    const answers: string[] = [];
    for (const after of [undefined, 0, 50]) {
      const handle = window.initUnstuck({ bundle: '/bundle/' });
      if (after !== undefined) await new Promise((resolve) => setTimeout(resolve, after));
      handle.shutdown();
      answers.push(await handle.ready.then(() => 'ready', (error: Error) => error.message));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { answers, heard };
  });
  assert.deepEqual(said, { answers: Array(3).fill('Unstuck was shut down before its engine ran'), heard: 0 });
});

test('shutdown leaves nothing behind, and init may be called again', async () => {
  await open();
  await ready();
  const left = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    window.unstuck.shutdown();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { widgets: document.querySelectorAll('unstuck-widget').length, native: String(fetch).includes('[native code]') };
  });
  assert.deepEqual(left, { widgets: 0, native: true });
  const again = await page.evaluate(async () => {
    return window.initUnstuck({ bundle: '/bundle/' }).ready.then(() => 'ready');
  });
  assert.equal(again, 'ready');
});
