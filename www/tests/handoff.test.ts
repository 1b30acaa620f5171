// From the bot to a human and back, over a desk that fails in the ways networks do.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { Desk } from './desk.ts';
import { serve, type TestServer } from './server.ts';

let browser: Browser;
let server: TestServer;
let desk: Desk;
let page: Page;
const errors: string[] = [];

before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());
beforeEach(async () => {
  server = await serve();
  desk = new Desk(server);
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${server.url}/page/index.html?lang=en`);
  await page.waitForSelector('.launcher');
  await page.evaluate(() => window.unstuck.ready);
});
afterEach(async () => {
  await page.context().close();
  await server.close();
  assert.deepEqual(errors.splice(0), [], 'something was thrown into the page');
});

const status = (text: string) => page.locator('.status', { hasText: text }).waitFor();
const reads = (text: string) => page.locator('.log', { hasText: text }).waitFor();

async function asks(): Promise<void> {
  await page.evaluate(() => window.unstuck.human());
  await page.click('.choice.primary');
}

async function types(text: string): Promise<void> {
  await page.fill('textarea', text);
  await page.press('textarea', 'Enter');
}

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !what(); tries++) await page.waitForTimeout(50);
  assert.ok(what(), `in vain: ${what}`);
}

test('nothing is sent before the user agrees; then queue, agent, talk and end are all seen', async () => {
  await page.evaluate(() => window.unstuck.human());
  await page.waitForSelector('.choice.primary');
  assert.deepEqual(desk.posts, []);
  await page.click('.choice.primary');
  await status('You are number 2');
  desk.moves('assigned', { agent: 'Lin', position: null });
  await status('Lin is reading');
  desk.moves('live');
  await status('You are talking to Lin');
  desk.says('Hello, I see that the code did not come.');
  await reads('Hello, I see');
  await types('Yes, three times');
  await until(() => desk.messages.size === 1);
  assert.deepEqual([...desk.messages.values()], ['Yes, three times']);
  assert.equal(await page.locator('.message.bot', { hasText: 'You said' }).count(), 0, 'the bot talked over the human');
  desk.moves('ended');
  await reads('The chat has ended');
  await page.locator('.status').waitFor({ state: 'hidden' });
  assert.equal(await page.locator('.message', { hasText: 'has ended' }).count(), 1);
  assert.deepEqual(desk.posts.map(({ path }) => path), ['/handoffs', '/handoffs/SESSION-h1/messages']);
});

test('a reload in the middle loses nothing and repeats nothing', async () => {
  await asks();
  await status('number 2');
  desk.moves('live', { agent: 'Lin' });
  desk.says('First');
  await reads('First');
  await types('Mine');
  await until(() => desk.messages.size === 1);
  await page.goto('about:blank');
  desk.says('Said while the page was away');
  await page.goto(`${server.url}/page/index.html?lang=en`);
  await reads('Said while the page was away');
  await status('You are talking to Lin');
  const words = await page.locator('.message .bubble').allTextContents();
  for (const once of ['First', 'Mine', 'Said while the page was away']) assert.equal(words.filter((w) => w === once).length, 1, once);
  assert.equal(desk.posts.filter(({ path }) => path === '/handoffs').length, 1);
});

test('what is typed while the network is gone goes out once, when it is back', async () => {
  await asks();
  await status('number 2');
  desk.moves('live', { agent: 'Lin' });
  await status('You are talking');
  desk.hangUp();
  await status('Reconnecting');
  await types('Are you there?');
  await page.locator('.delivery', { hasText: 'Sending' }).waitFor();
  desk.says('I am');
  desk.mood = 'fine';
  await reads('I am');
  await until(() => desk.messages.size === 1);
  await page.locator('.delivery').waitFor({ state: 'detached' });
  await status('You are talking');
});

test('typed, then reloaded before the desk was back: it still arrives', async () => {
  await asks();
  await status('number 2');
  desk.moves('live', { agent: 'Lin' });
  await status('You are talking');
  desk.hangUp();
  await types('Do not lose me');
  await page.locator('.delivery').waitFor();
  await page.goto('about:blank');
  desk.mood = 'fine';
  await page.goto(`${server.url}/page/index.html?lang=en`);
  await until(() => [...desk.messages.values()].includes('Do not lose me'));
  await page.locator('.delivery').waitFor({ state: 'detached' });
});

test('a request whose answer is lost is sent again under the same key', async () => {
  desk.mood = 'swallow';
  await asks();
  await until(() => desk.posts.length >= 1);
  desk.mood = 'fine';
  await status('number 2');
  assert.ok(desk.posts.length >= 2);
  assert.equal(new Set(desk.posts.map(({ body }) => JSON.stringify(body))).size, 1);
});

test('taking it back is told to the desk', async () => {
  await asks();
  await status('number 2');
  await page.click('.status button');
  await reads('Cancelled.');
  await until(() => desk.posts.some(({ path }) => path === '/handoffs/SESSION-h1/cancel'));
  await page.locator('.status').waitFor({ state: 'hidden' });
});

test('all that went out is what the user can read about it', async () => {
  await asks();
  await status('number 2');
  const sent = await page.evaluate(() => window.unstuck.sent());
  assert.deepEqual(sent.map(({ kind, to }) => [kind, to]), [['handoff', `${server.url}/handoffs`]]);
  assert.deepEqual(sent[0]!.body, desk.posts[0]!.body);
  await page.click('header .tool:nth-child(3)');
  await page.click('summary');
  assert.match((await page.textContent('.sent pre')) ?? '', /"reason": "asked"/);
});

test('a human can be had even where the engine could not start', async () => {
  const ask = server.override;
  server.override = (request, response) => {
    if (!request.url?.includes('manifest.json')) return ask(request, response);
    response.writeHead(500).end();
    return true;
  };
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${server.url}/page/other.html?lang=en`);
  await page.waitForFunction(() => 'unstuck' in window);
  await page.evaluate(() => window.unstuck.ready.catch(() => undefined));
  await page.click('.launcher');
  await page.click('.to-human');
  await reads('I can still get you a person');
  assert.deepEqual(desk.posts, []);
  await page.click('.choice.primary');
  await status('number 2');
  desk.moves('live', { agent: 'Lin' });
  desk.says('How can I help?');
  await reads('How can I help?');
  await types('My card');
  await until(() => desk.messages.size === 1);
  await page.click('.status button');
  await until(() => desk.posts.some(({ path }) => path.endsWith('/cancel')));
});
