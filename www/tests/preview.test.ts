// The preview: flows as trees, and the page with the product's widget in its phones.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Flow, Heard, Playbook, State } from '../preview/contract.ts';
import { offerView } from '../preview/phone.ts';
import { grow, reached, type Tree } from '../preview/tree.ts';
import { openBrowser } from './browser.ts';
import { serve, type TestServer } from './server.ts';

const text = (en: string) => ({ zh: `${en}。`, en });
const flow: Flow = {
  id: 'help',
  nodes: [
    { id: 'start', do: 'choose', text: text('Which?'), options: [{ label: text('One'), next: 'run' }, { label: text('Two'), next: 'say' }] },
    { id: 'run', do: 'tool', tool: 'send', next: { failed: 'start', sent: 'ask' } },
    { id: 'ask', do: 'slot', text: text('Order?'), slot: 'order', accept: 'order', retry: text('No'), next: 'say' },
    { id: 'say', do: 'say', text: text('Done'), next: 'gone' },
    { id: 'lost', do: 'human' },
  ],
};
const tools = [{ id: 'send', title: text('Send'), confirm: text('Shall I?') }];
const find = (tree: Tree, id: string): Tree | undefined =>
  tree.node.id === id ? tree : tree.branches.map((branch) => branch.tree && find(branch.tree, id)).find(Boolean);

test('each node is drawn once, where it is reached soonest, with the taps that lead to it', () => {
  const tree = grow(flow, tools)!;
  assert.deepEqual([...reached(tree)].sort(), ['ask', 'run', 'say', 'start']);
  assert.deepEqual(find(tree, 'say')!.moves, [{ choose: 'flow:1' }]);
  assert.deepEqual(find(tree, 'ask')!.moves, [{ choose: 'flow:0' }, { choose: 'tool:yes' }, { tool: 'sent' }]);
  const elsewhere = (id: string) => find(tree, id)!.branches.map((branch) => [branch.edge.to, !!branch.tree]);
  assert.deepEqual(elsewhere('run'), [['start', false], ['ask', true]]);
  assert.deepEqual(elsewhere('say'), [['gone', false]]);
  assert.equal(grow({ id: 'empty', nodes: [] }, tools), undefined);
});

const said = (words: string): Heard => ({
  offer: { offer: 1, stuck_point: 'point', cause: 'slow', text: words, accept: 'Show me', decline: 'No', probability: 1 },
  messages: [{ id: 'm0', from: 'bot', text: `${words} answered`, card: null, choices: [{ id: 'flow:0', label: 'One', role: 'plain' }], expects: '', chosen: null, t: 0 }],
  guide: null, tool: null, outcomes: [], node: 'start',
});

test('an offer with other words is another offer to the widget', () => {
  const [a, b] = [offerView(said('One')), offerView(said('Two'))];
  assert.notEqual(a.offer!.offer, b.offer!.offer);
  assert.deepEqual(offerView(said('One')), a);
});

const playbook: Playbook = {
  id: 'test', languages: ['zh', 'en'], cards: [], guides: [], tools, flows: [flow], intents: [], escalations: [],
  journeys: [{ id: 'way', product: text('App'), scenario: text('Way'), steps: [{ id: 'way.step', title: text('Step') }] }],
  stuck_points: [{
    id: 'point', step: 'way.step', cause: 'slow', title: text('Point'), offer: text('Offer'), help: { flow: 'help' }, worth: 8,
    questions: { zh: ['慢'], en: ['slow', 'so slow'] },
  }],
  hours: { utc_offset_minutes: 480, week: [[], [], [], [], [], [], []], text: text('Never') },
};
const sound: State = { revision: 1, source: 'book', playbook, places: { stuck_points: [{ file: 'a.yaml', line: 3, column: 1 }] }, current: true, findings: [] };

let browser: Browser;
let server: TestServer;
let page: Page;
let state = sound;
let words = 'First';
const asked: { moves: unknown[]; elder: boolean }[] = [];
const listeners = new Set<ServerResponse>();
const save = (next: State) => {
  state = next;
  for (const listener of listeners) listener.write(`event: state\ndata: {"revision":${next.revision}}\n\n`);
};

before(async () => {
  [server, browser] = await Promise.all([serve(), openBrowser()]);
  server.csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'";
  server.override = async (request, response) => {
    const path = new URL(request.url!, 'http://test').pathname.slice(1) || 'index.html';
    const json = (body: unknown) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path === 'state') json(state);
    else if (path === 'events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: state\ndata: {"revision":1}\n\n');
      listeners.add(response);
    } else if (path === 'talk') {
      asked.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      json({ zh: said(`${words}。`), en: said(words) });
    } else {
      const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
      const type = types[path.split('.').at(-1)!]!;
      response.writeHead(200, { 'content-type': type, 'content-security-policy': server.csp });
      response.end(readFileSync(join('dist/preview', path)));
    }
    return true;
  };
  page = await browser.newPage({ viewport: { width: 1200, height: 1500 }, locale: 'en' });
  page.on('pageerror', (error) => assert.fail(error.message));
  await page.goto(`${server.url}/#/stuck_point/point`);
});
after(async () => {
  await browser.close();
  await server.close();
});
const phone = (which: 'offer' | 'talk', n: number) => page.frameLocator(`${which === 'offer' ? '.low' : '.talk'} iframe >> nth=${n}`);

test('the widget shows offer and answer in both languages, and a tap goes on in both', async () => {
  for (const [n, end] of [[0, '。'], [1, '']] as const) {
    assert.equal(await phone('offer', n).locator('.offer-text').textContent(), `First${end}`);
    assert.match((await phone('talk', n).locator('.message.bot .bubble').textContent())!, new RegExp(`First${end} answered`));
  }
  await phone('talk', 1).locator('.choice').click();
  await page.waitForSelector('.talk button:has-text("Start again")');
  assert.deepEqual(asked.at(-1)!.moves, [{ choose: 'flow:0' }]);
  await page.click('.node.say button');
  await page.waitForFunction(() => document.querySelector('.node.choose')?.getAttribute('aria-current') === 'step');
  assert.deepEqual(asked.at(-1)!.moves, [{ choose: 'flow:1' }]);
});

test('elder mode is asked for and drawn, and kept for the next look', async () => {
  await page.click('button.elder');
  await phone('offer', 1).locator('.root.elder').waitFor({ state: 'attached' });
  assert.equal(asked.at(-1)!.elder, true);
  await page.reload();
  await phone('talk', 0).locator('.root.elder').waitFor({ state: 'attached' });
  assert.equal(await page.getAttribute('button.elder', 'aria-pressed'), 'true');
  await page.click('button.elder');
  await phone('offer', 1).locator('.root:not(.elder)').waitFor({ state: 'attached' });
});

test('a save is shown without losing the place or the selection; errors leave the last good state', async () => {
  await page.setViewportSize({ width: 1200, height: 600 });
  const place = () => page.evaluate(() => [document.querySelector('main')!.scrollTop, getSelection()!.toString()]);
  await page.evaluate(() => {
    document.querySelector('main')!.scrollTo(0, 700);
    getSelection()!.selectAllChildren(document.querySelector('.asked li')!);
  });
  const was = await place();
  words = 'Second';
  save({ ...sound, revision: 2 });
  await phone('offer', 1).locator('.offer-text:has-text("Second")').waitFor();
  assert.deepEqual(await place(), was);
  assert.deepEqual(was, [700, '慢']);
  save({ ...sound, revision: 3, current: false, findings: [{ severity: 'error', place: '', what: 'It is no YAML', mend: 'mend it', file: 'a.yaml', line: 7, column: 2 }] });
  assert.match((await page.waitForSelector('[role=alert] .findings').then((el) => el.textContent()))!, /a\.yaml:7:2\s+It is no YAML: mend it/);
  assert.equal(await page.locator('h2').textContent().then((title) => /Point/.test(title!)), true);
  save({ ...sound, revision: 4 });
  await page.waitForSelector('[role=alert] .findings', { state: 'detached' });
});

test('the contents are walked with arrow keys, found by any word, and fit the smallest phone', async () => {
  await page.focus('nav input');
  await page.fill('nav input', 'so slow');
  await page.waitForFunction(() => document.querySelectorAll('nav a').length === 2); // The journey and its stuck point.
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-current')), 'page');
  await page.fill('nav input', 'nothing like it');
  await page.waitForSelector('nav [role=status]:not(:empty)');
  await page.fill('nav input', '');
  await page.setViewportSize({ width: 320, height: 640 });
  assert.equal(await page.locator('nav').isVisible(), false);
  await page.click('.top .menu');
  await page.waitForSelector('nav');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
});
