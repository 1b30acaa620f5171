// The remote mode in a real browser: the page, the package's own edge handler, and the real core behind it.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type * as Edge from '../../pkg/types/edge.d.ts';
// @ts-ignore: plain JavaScript, shared with the tests of the edge hosts.
import { fixtureBundle } from '../../tests/hosts/edge/bundle.mjs';
import { openBrowser } from './browser.ts';
import { serve, type TestServer } from './server.ts';

const ROOT = join(process.cwd(), '..');
const SECRET = 'a secret for tests only, 0123456789abcdef';

let browser: Browser;
let server: TestServer;
let context: BrowserContext;
let page: Page;
let createHandler: typeof Edge.createHandler;
let edge: Edge.EdgeHandler;
/** The bundle's folder at the edge. */
let folder: string;
let warnings: string[] = [];
let paths: string[] = [];
/** The server's clock is so far ahead. */
let ahead = 0;
let cut = false;
/** What the edge sent to the desk. */
let requests: string[] = [];

before(async () => {
  ({ createHandler } = (await import(pathToFileURL(join(ROOT, 'pkg/dist/edge.node.js')).href)) as typeof Edge);
  [server, browser] = await Promise.all([serve(), openBrowser()]);
  server.override = answer;
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  [warnings, paths, ahead, cut, requests] = [[], [], 0, false, []];
  folder = fixtureBundle(ROOT) as string;
  edge = createHandler({ bundle: pathToFileURL(folder), secret: SECRET, base: '/edge/', now: () => Date.now() + ahead, handoff: { url: 'http://desk.test/', fetch: desk } });
  context = await browser.newContext();
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
});
afterEach(() => context.close());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const path = request.url ?? '/';
  paths.push(path);
  if (!path.startsWith('/edge/')) return false;
  if (cut) {
    request.socket.destroy();
    return true;
  }
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const answered = await edge(new Request(server.url + path, { method: 'POST', body }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
  return true;
}

async function desk(_url: unknown, init?: RequestInit): Promise<Response> {
  const body = String(init?.body);
  requests.push(body);
  return Response.json({ handoff: (JSON.parse(body) as { handoff: string }).handoff, state: 'queued', revision: 1, position: 2 });
}

async function open(query = 'remote&desk=no'): Promise<void> {
  await page.goto(`${server.url}/page/index.html?${query}`);
  await page.waitForFunction(() => 'unstuck' in window);
  assert.equal(await page.evaluate(() => window.unstuck.ready.then(() => 'ready', (error: Error) => error.message)), 'ready');
}

const ask = (text: string) => page.evaluate((words) => window.unstuck.ask(words), text);
const shadow = () => page.evaluate(() => document.querySelector('unstuck-widget')?.shadowRoot?.textContent ?? '');
const says = (text: string) => page.waitForFunction((t) => document.querySelector('unstuck-widget')?.shadowRoot?.textContent?.includes(t), text);
const HELLO = 'Hello! What can I help with?';
const count = (text: string, of: string) => text.split(of).length - 1;

test('the engine at the edge answers, and neither Wasm nor bundle is fetched', async () => {
  await open();
  await ask('hello');
  await says(HELLO);
  assert.deepEqual(paths.filter((path) => /wasm|bundle|worker\.js/.test(path)), []);
  assert.deepEqual(warnings, []);
});

test('all that leaves is in the log, and the widget says so', async () => {
  await open();
  await page.evaluate(() => window.unstuck.track('looked_at_fees'));
  await ask('hello');
  await says(HELLO);
  const sent = await page.evaluate(() => window.unstuck.sent());
  assert.ok(sent.every(({ kind, to }) => kind === 'remote' && to.startsWith(`${server.url}/edge/`)));
  const text = JSON.stringify(sent.map(({ body }) => body));
  assert.match(text, /looked_at_fees/);
  assert.match(text, /"text":"hello"/);
  assert.doesNotMatch(text, /snapshot/);
  await page.evaluate(() => (document.querySelector('unstuck-widget')?.shadowRoot?.querySelector('[aria-label="What left this device"]') as HTMLElement).click());
  await says('is sent to a server of this app');
  assert.doesNotMatch(await shadow(), /stays here|on this device/i);
});

test('the next page goes on with the same session', async () => {
  await open();
  await ask('my card number is not accepted');
  await says("Here's what to do:");
  await page.evaluate(() => (location.href = '/page/index.html?remote&desk=no&again'));
  await page.waitForURL(/again/);
  await page.waitForFunction(() => 'unstuck' in window);
  await page.evaluate(() => window.unstuck.ready);
  await page.waitForSelector('.choices button', { state: 'attached' });
  await page.evaluate(() => (document.querySelector('unstuck-widget')?.shadowRoot?.querySelectorAll('.choices button').forEach((button) => button.textContent?.includes('No') && (button as HTMLElement).click())));
  await says("Let's try another way:");
  assert.deepEqual(warnings, []);
});

test('a lost network costs only time', async () => {
  await open();
  cut = true;
  await ask('hello');
  await page.waitForTimeout(900);
  cut = false;
  await says(HELLO);
  assert.equal(count(await shadow(), HELLO), 1);
});

test('a session that expired begins anew, and goes on', async () => {
  await open();
  await ask('hello');
  await says(HELLO);
  await page.waitForTimeout(1_800); // Until the snapshot is kept: without one it all would be told again.
  ahead = 86_400_000;
  await ask('hello again');
  await page.waitForFunction(() => performance.getEntriesByName('unstuck:engine').length > 1);
  await ask('which banks are supported');
  await says("Here's what to do:");
  assert.match(warnings.join(), /the session begins anew: The snapshot expired at .+: begin a new session/);
});

test('the edge sends the request for a human, and the user sees where it stands and what was sent', async () => {
  await page.clock.install({ time: '2026-11-23T10:00:00+08:00' }); // A Monday, when the playbook's desk is open.
  await open();
  await ask('I want to talk to a person');
  await page.waitForSelector('.choice.primary');
  assert.equal(requests.length, 0, 'not before the yes');
  await page.click('.choice.primary');
  await says('position 2');
  assert.equal(requests.length, 1);
  assert.deepEqual(paths.filter((path) => path.includes('/handoffs')), [], 'not from the page');
  const sent = await page.evaluate(() => window.unstuck.sent().find(({ kind }) => kind === 'handoff')?.body);
  assert.deepEqual(sent, JSON.parse(requests[0]!));
  assert.deepEqual(warnings, []);
});

test('switched off at the edge, all stops with the next thing that happens', async () => {
  await open();
  await page.waitForSelector('.launcher');
  const manifest = join(folder, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"enabled":true', '"enabled":false'));
  ahead = 60_000;
  await page.evaluate(() => window.unstuck.track('looked_at_fees'));
  await page.waitForFunction(() => !document.querySelector('unstuck-widget') && String(fetch).includes('[native code]'));
  assert.equal(warnings.length, 1, warnings.join('\n'));
  assert.match(warnings[0]!, /manifest\.json says that the bot is off/);
});

test('what beforeSend keeps does not leave', async () => {
  await open();
  const before = paths.length;
  await page.evaluate(() => ((window as unknown as { keep: (item: unknown) => boolean }).keep = () => true));
  await ask('a secret');
  await page.waitForTimeout(700);
  assert.deepEqual(paths.slice(before).filter((path) => path.startsWith('/edge/')), []);
});

