// Frames: one session where page and frame are of one origin and both run Unstuck, else one each.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { POLICY, serve, type TestServer } from './server.ts';

let browser: Browser;
let server: TestServer;
let other: TestServer;
let page: Page;
const errors: string[] = [];

before(async () => {
  [server, other, browser] = await Promise.all([serve(), serve(), openBrowser()]);
  server.csp = `${POLICY}; frame-src 'self' ${other.url}`;
});
after(async () => {
  await browser.close();
  await Promise.all([server.close(), other.close()]);
});
beforeEach(async () => {
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => errors.push(error.message));
});
afterEach(async () => {
  await page.context().close();
  assert.deepEqual(errors.splice(0), [], 'something was thrown into the page');
});

/** A page with `head`, and the test page in a frame. */
async function open(head: string, frame: string): Promise<Frame> {
  server.override = (request, response) => {
    if (request.url !== '/page/outer.html') return false;
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': server.csp });
    response.end(`<!doctype html><html lang="en"><title>Outer</title>${head}<iframe src="${frame}" width="500" height="400"></iframe>`);
    return true;
  };
  await page.goto(`${server.url}/page/outer.html`);
  const inner = page.frames()[1]!;
  await inner.waitForFunction(() => window.unstuck?.ready.then(() => true));
  return inner;
}

const MAIN = '<script type="module" src="/page/main.js"></script>';
const tapped = (frame: Frame | Page) =>
  frame.waitForFunction(() => window.told.some((input) => 'kind' in input && input.kind === 'tap' && input.target === 'form.agree'));

test('a frame of the same origin joins the session of its page', async () => {
  const frame = await open(MAIN, '/page/index.html');
  await frame.click('[data-unstuck="form.agree"]');
  await tapped(page);
  const screens = await page.evaluate(() => window.told.flatMap((input) => ('kind' in input && input.kind === 'tap' ? input.screen : [])));
  assert.deepEqual(screens, ['/page/index.html']);
  assert.equal(await frame.locator('unstuck-widget').count(), 0);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(await frame.evaluate(() => window.told), []);
  await frame.evaluate(() => window.unstuck.open());
  await page.locator('unstuck-widget .panel').waitFor({ state: 'visible' });
  // What ends the session ends the frame's capture.
  const wrapped = () => frame.evaluate(() => !String(fetch).includes('[native code]'));
  assert.equal(await wrapped(), true);
  await page.evaluate(() => window.unstuck.shutdown());
  assert.equal(await wrapped(), false);
});

test('a frame that goes away leaves nothing behind, and the next one joins', async () => {
  const frame = await open(MAIN, '/page/index.html');
  await frame.goto(`${server.url}/page/other.html`);
  await frame.waitForFunction(() => window.unstuck?.ready.then(() => true));
  await frame.evaluate(() => window.unstuck.track('from_the_next'));
  await page.waitForFunction(() => window.told.some((input) => 'name' in input && input.name === 'from_the_next'));
});

test('in a page of the same origin without Unstuck, a frame has a session of its own', async () => {
  const frame = await open('', '/page/index.html');
  await frame.click('[data-unstuck="form.agree"]');
  await tapped(frame);
  assert.equal(await frame.locator('unstuck-widget').count(), 1);
  const keys = await page.evaluate(() => Object.keys(sessionStorage));
  assert.ok(keys.includes('frame:unstuck:session') && !keys.includes('unstuck:session'), keys.join(' '));
});

test('a frame of another origin has a session of its own', async () => {
  const frame = await open(MAIN, `${other.url}/page/index.html`);
  await frame.click('[data-unstuck="form.agree"]');
  await tapped(frame);
  assert.equal(await frame.locator('unstuck-widget').count(), 1);
});
