// One whole session in the example app: stuck at the card's number, helped, asks, gets a human, comes back.

import assert from 'node:assert/strict';
import WebSocket from 'ws';

const SHORT = '62220202001122';

/** A human at the desk. */
export class Agent {
  constructor(origin, name = 'Mei') {
    Object.assign(this, { origin, name });
  }

  async sitsDown() {
    this.seat = new WebSocket(`${this.origin.replace('http', 'ws')}/desk/api/live?agent=${this.name}`);
    await new Promise((resolve, reject) => this.seat.on('open', resolve).on('error', reject));
  }

  async call(path, body) {
    const answer = await fetch(`${this.origin}/desk/api/${path}`, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    assert.ok(answer.ok, `the desk answered ${answer.status} to ${path}`);
    return answer.json();
  }

  async waiting() {
    const { handoffs } = await this.call('handoffs');
    return handoffs.find(({ state }) => state === 'queued')?.key;
  }

  leaves() {
    this.seat.terminate();
  }
}

/** Types a number that is a digit short, again and again, until an offer comes. */
export async function getsStuck(app) {
  await app.pause(2_000);
  await app.use('cards.add', 'tap', { x: 10, y: 10 });
  await app.until('the card page', () => app.page.route === 'pages/card/number');
  for (let n = 0; n < 4 && !app.widget.offer; n++) {
    await app.pause(1_500);
    await app.use('bind.number.card', 'input', { value: SHORT.slice(n) });
    await app.pause(1_200);
    await app.use('bind.number.next', 'tap', { x: 10, y: 300 });
    await app.pause(3_000);
  }
  return app.until('an offer', () => app.widget.offer, 4_000);
}

const words = (app) => app.widget.messages.map(({ blocks, card }) => [...blocks, ...(card?.blocks ?? [])].flatMap(({ lines }) => lines).join(' ')).join('\n');
const choiceLike = (app, test) => {
  for (const message of [...app.widget.messages].reverse()) {
    const choice = message.choices.find(test);
    if (choice) return { message: message.id, choice: choice.id };
  }
  return undefined;
};

export async function wholeSession(start, { origin, explained }) {
  const agent = new Agent(origin);
  await agent.sitsDown();
  const app = await start();
  try {
    const offer = await getsStuck(app);
    assert.match(offer.text, /卡号/);
    await app.tapWidget('tapAccept');
    await app.until('the help', () => app.widget.open && /卡号/.test(words(app)));
    assert.equal(app.widget.offer, null);

    await app.tapWidget('type', {}, { value: '为什么收不到验证码' });
    assert.ok(app.widget.typed);
    await app.tapWidget('send', {}, {});
    await app.until('an answer in Chinese', () => /验证码/.test(words(app).split('为什么收不到验证码').pop() ?? ''));
    await app.tapWidget('tapLanguage');
    const before = app.widget.messages.length;
    await app.tapWidget('send', {}, { value: 'why is my card declined' });
    await app.until('an answer in English', () => app.widget.messages.length > before + 1 && /card/i.test(words(app).split('why is my card declined').pop() ?? ''));
    assert.equal(app.widget.panel.human, 'Talk to a person');

    await app.tapWidget('tapHuman');
    const yes = await app.until('the question for consent', () => choiceLike(app, ({ role }) => role === 'primary' || role === 'human'));
    assert.ok(!app.requests.some(({ url }) => url.endsWith('/handoffs')), 'nothing is sent before the user says yes');
    await app.tapWidget('tapChoice', yes);
    const key = await app.until('the request at the desk', () => agent.waiting());
    await agent.call(`handoffs/${key}/take`, { agent: agent.name });
    await agent.call(`handoffs/${key}/messages`, { agent: agent.name, id: 'm-1', text: 'Hello, Mei here' });
    await app.until('the agent', () => /Mei here/.test(words(app)));
    assert.equal(app.widget.panel.title, 'Mei');
    await app.tapWidget('send', {}, { value: 'my card ends in 1234' });
    await app.until('the message at the desk', async () => JSON.stringify(await agent.call(`handoffs/${key}`)).includes('my card ends in'));

    // The app goes to the background, and the process ends there.
    await app.pause(2_000);
    await app.hide();
    const said = words(app);
    await app.kill();
    const again = await start(app.storage);
    try {
      await again.until('the conversation', () => again.widget.there && again.widget.messages.length > 0);
      assert.equal(words(again), said);
      assert.equal(again.widget.panel.title, 'Mei');
      await agent.call(`handoffs/${key}/messages`, { agent: agent.name, id: 'm-2', text: 'Still with you' });
      await again.until('the agent after the restart', () => /Still with you/.test(words(again)));
      await agent.call(`handoffs/${key}/end`, { agent: agent.name });
      await again.until('the end', () => !again.widget.panel.status);
      await again.tapWidget('tapSent');
      assert.ok(again.widget.sent.length >= 2, 'the user sees what left');
      assertNoEventLeft([...app.requests, ...again.requests], origin);
      assert.deepEqual([...app.uncaught, ...again.uncaught], []);
      assert.deepEqual([...app.warnings, ...again.warnings], []);
      explained?.(app, again);
    } finally {
      await again.kill();
    }
  } finally {
    agent.leaves();
    await app.kill();
  }
}

/** Only the app's own calls and the handoff's left, and no event in them. */
export function assertNoEventLeft(requests, origin) {
  for (const { url, body } of requests) {
    assert.ok(url.startsWith(`${origin}/api/`) || url.startsWith(`${origin}/handoffs`), `a request to ${url}`);
    assert.ok(!/"kind":|"screen":\s*"\/cards\/new","t"/.test(body ?? ''), `an event left to ${url}: ${body}`);
  }
}
