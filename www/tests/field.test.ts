// Bundles in the field: staged roll-out, roll-back, and the kill switch, in a real browser.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { draw } from '../src/worker/rollout.ts';
import { openBrowser } from './browser.ts';
import { manifestOf, serve, type TestServer } from './server.ts';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;
let page: Page;
let warnings: string[];
let fetched: string[];
/** What lies in each folder of the server, as a deployment would leave it. */
let folders: Record<string, Deployed>;

type Deployed = Record<string, Buffer> & { 'manifest.json'?: Buffer };
const errors: string[] = [];

before(async () => {
  [server, browser] = await Promise.all([serve(), openBrowser()]);
  server.override = (request, response) => {
    const [, folder = '', file = ''] = /^\/(bundle|old|older)\/([^?]+)/.exec(request.url ?? '') ?? [];
    if (!folder) return false;
    fetched.push(`${folder}/${file}`);
    const body = folders[folder]?.[file];
    response.writeHead(body ? 200 : 404).end(body);
    return true;
  };
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  [folders, fetched, warnings] = [{ bundle: deployed('good') }, [], []];
  context = await browser.newContext();
  page = await context.newPage();
  page.on('console', (message) => message.text().startsWith('unstuck:') && warnings.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(errors.splice(0), [], 'something was thrown into the page');
});

/** A bundle whose playbook is called `name`; `more` goes into its manifest. */
function deployed(name: string, more: object = {}, behaviour = 'behaviour'): Deployed {
  const files = { 'playbook.json': Buffer.from(name), 'behaviour.onnx': Buffer.from(behaviour), 'intents.onnx': Buffer.from('intents') };
  return { ...files, 'manifest.json': Buffer.from(JSON.stringify({ ...manifestOf(files, `id-of-${name}`), ...more })) };
}

const ready = () => page.evaluate(() => window.unstuck.ready.then(() => 'ready', (error: Error) => error.message));

async function open(query = ''): Promise<void> {
  await page.goto(`${server.url}/page/index.html?${query}`);
  await page.waitForFunction(() => 'unstuck' in window);
}

/** Which playbook the engine runs with. */
function running(): Promise<string> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('unstuck:explain', ({ detail }) => resolve((detail.output.explain as unknown as { playbook: string }).playbook));
        window.unstuck.track('which');
      }),
  );
}

/** Nothing of ours is on the page, and nothing of the page is wrapped. */
async function assertGone(): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('unstuck-widget'));
  assert.equal(await page.evaluate(() => String(fetch).includes('[native code]')), true, 'fetch is still wrapped');
  assert.equal(page.workers().length, 0, 'the worker still runs');
}

test('a roll-out gives each user theirs, on each visit, and fetches only that', async () => {
  folders = { bundle: deployed('new', { rollout: { percent: 30, previous: '../old/' } }), old: deployed('old') };
  const users = Array.from({ length: 40 }, (_, n) => `user-${n}`);
  const isIn = (user: string) => draw(user, 'id-of-new') < 30;
  for (const [user, theirs] of [[users.find(isIn), 'new'], [users.find((u) => !isIn(u)), 'old']] as const) {
    for (let visit = 0; visit < 2; visit++) {
      await open(`user=${user}`);
      assert.equal(await ready(), 'ready');
      assert.equal(await running(), theirs);
    }
    const other = theirs === 'new' ? 'old/playbook.json' : 'bundle/playbook.json';
    assert.ok(!fetched.splice(0).includes(other), `${other} was fetched for nothing`);
  }
  assert.deepEqual(warnings, []);
});

test('a bundle that ran is not fetched again, until there is another', async () => {
  await open();
  await ready();
  await page.waitForFunction(async () => (await (await caches.open('unstuck')).keys()).length === 4);
  fetched = [];
  await open();
  await ready();
  assert.deepEqual(fetched, ['bundle/manifest.json']);
  folders['bundle'] = deployed('newer');
  await open();
  await ready();
  assert.equal(await running(), 'newer');
  await page.waitForFunction(async () => (await (await caches.open('unstuck')).keys()).length === 4);
});

for (const [what, broken, sentence] of [
  ['whose files do not verify', () => ({ ...deployed('new', { rollout: { percent: 100, previous: '../old/' } }), 'intents.onnx': Buffer.from('cut') }), /intents\.onnx is not the file/],
  ['whose file is missing', () => ({ ...deployed('new', { rollout: { percent: 100, previous: '../old/' } }), 'intents.onnx': undefined! }), /intents\.onnx answered 404/],
  ['that the engine refuses', () => deployed('new', { rollout: { percent: 100, previous: '../old/' } }, 'refused'), /model is of another version/],
  ['that the engine falls over', () => deployed('new', { rollout: { percent: 100, previous: '../old/' } }, 'trap'), /engine stopped while it started/],
] as const) {
  test(`for a bundle ${what} the one that it names as previous goes on`, async () => {
    folders = { bundle: broken(), old: deployed('old') };
    await open();
    assert.equal(await ready(), 'ready');
    assert.equal(await running(), 'old');
    assert.equal(warnings.length, 1, warnings.join('\n'));
    assert.match(warnings[0]!, /^unstuck: the bundle before goes on/);
    assert.match(warnings[0]!, sentence);
  });

  test(`for a bundle ${what} and names none, the last one that ran here goes on`, async () => {
    await open();
    await ready();
    await page.waitForFunction(async () => !!(await (await caches.open('unstuck')).match(new URL('/bundle/manifest.json', location.href))));
    const files = broken();
    const { rollout: _, ...manifest } = JSON.parse(String(files['manifest.json'])) as Record<string, unknown>;
    folders = { bundle: { ...files, 'manifest.json': Buffer.from(JSON.stringify({ ...manifest, rollout: { percent: 100 } })) } };
    await open();
    assert.equal(await ready(), 'ready');
    assert.equal(await running(), 'good');
    assert.match(warnings.join('\n'), sentence);
  });
}

test('where there is nothing to go back to, one line says why and the page lives', async () => {
  folders = { bundle: deployed('new', { rollout: { percent: 100, previous: '../old/' } }, 'refused') };
  await open();
  assert.match(await ready(), /model is of another version/);
  assert.equal(warnings.length, 1, warnings.join('\n'));
});

test('without a manifest the kept bundle does not run: nobody could switch it off', async () => {
  await open();
  await ready();
  folders = {};
  await open();
  assert.match(await ready(), /manifest\.json answered 404/);
});

test('within one check the kill switch stops sensor, widget and worker, until the next page', async () => {
  await open('check=1');
  await ready();
  await page.waitForSelector('.launcher');
  assert.equal(page.workers().length, 1);
  folders = { bundle: deployed('good', { enabled: false }) };
  await page.waitForTimeout(1_500);
  await assertGone();
  assert.deepEqual(warnings.map((line) => line.replace(server.url, '')), ['unstuck: /bundle/manifest.json says that the bot is off: it stops here']);
  // Nothing goes on in the background, and the app calling `init` again changes nothing.
  fetched = [];
  folders = { bundle: deployed('good') };
  assert.match(await page.evaluate(() => window.initUnstuck({ bundle: '/bundle/' }).ready.then(() => '', (e: Error) => e.message)), /switched off while this page was open/);
  await page.click('[data-unstuck="form.agree"]');
  await page.waitForTimeout(1_500);
  await assertGone();
  assert.deepEqual(fetched, []);
  await open();
  assert.equal(await ready(), 'ready');
});

test('the kill switch is looked at when the page is seen again', async () => {
  await open('check=3600');
  await ready();
  folders = { bundle: deployed('good', { enabled: false }) };
  const seen = (state: string) =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await seen('hidden');
  await page.waitForTimeout(300);
  assert.equal(await page.locator('unstuck-widget').count(), 1);
  await seen('visible');
  await assertGone();
});

test('switched off beats what is kept; a lost network switches nothing off', async () => {
  await open('check=1');
  await ready();
  folders = {};
  await page.waitForTimeout(1_500);
  assert.equal(await running(), 'good');
  folders = { bundle: deployed('good', { enabled: false }) };
  await open();
  assert.match(await ready(), /the bot is off/);
  await assertGone();
});

test('consent taken back forgets the kept bundle', async () => {
  await open();
  await ready();
  await page.waitForFunction(() => caches.has('unstuck'));
  await page.evaluate(() => window.unstuck.consent(false));
  await page.waitForFunction(async () => !(await caches.has('unstuck')));
});
