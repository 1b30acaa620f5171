// What the stage makes of explanations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from '../../pkg/types/index.d.ts';
import { fold, nothingYet } from '../demo/stage/thinking.ts';

const explanation = (kind: string, more: Partial<Explanation['output']> = {}): Explanation => ({
  input: { input: 'event', t: 1, kind },
  output: { actions: [], ...more },
});
const explain = { signals: [], stuck: 0.4, step: 'bind.number', believed: [], worth: -1, decision: 'stay_silent' };

test('what happened lands in the lane of who did it', () => {
  const thinking = nothingYet();
  for (const kind of ['tap', 'api', 'js_error', 'outcome']) fold(thinking, explanation(kind));
  assert.deepEqual(thinking.marks.map(({ lane }) => lane), ['you', 'network', 'network', 'bot']);
  assert.equal(thinking.events, 4);
});

test('what only suppresses signals is counted and not drawn', () => {
  const thinking = nothingYet();
  fold(thinking, explanation('activity'));
  assert.deepEqual([thinking.marks.length, thinking.events], [0, 1]);
});

test('a signal is drawn and glows', () => {
  const thinking = nothingYet();
  const signals = [{ kind: 'dead_click', screen: '/send/amount', target: 'send.amount.next', count: 2, at: 1 }];
  fold(thinking, explanation('tap', { explain: { ...explain, signals } }));
  assert.equal(thinking.fired.get('dead_click')?.count, 2);
  assert.deepEqual(thinking.marks.map(({ lane }) => lane), ['you', 'signal']);
  assert.equal(thinking.curve.at(-1)?.stuck, 0.4);
});

test('silence gives its reason and makes no mark', () => {
  const thinking = nothingYet();
  const reasons = [{ code: 'typing', text: 'The user is typing.' }];
  fold(thinking, explanation('input', { actions: [{ do: 'stay_silent', key: '1-0', reasons }], explain: { ...explain, decision: 'stay_silent: typing' } }));
  assert.deepEqual(thinking.decided, { did: 'stay_silent', worth: -1, code: 'typing', text: 'The user is typing.' });
  assert.equal(thinking.marks.some(({ lane }) => lane === 'bot'), false);
});

test('an offer stands while it is on screen', () => {
  const thinking = nothingYet();
  const reasons = [{ code: 'believed', text: 'It is believed at 0.41.' }];
  fold(thinking, explanation('tap', { actions: [{ do: 'suggest', key: '2-0', reasons }], explain: { ...explain, worth: 2, decision: 'suggest: believed' } }));
  for (const decision of ['stay_silent: offer_open', 'stay_silent: talking']) fold(thinking, explanation('tap', { explain: { ...explain, worth: 0, decision } }));
  assert.deepEqual([thinking.decided.did, thinking.decided.worth], ['suggest', 2]);
  fold(thinking, explanation('tap', { explain: { ...explain, decision: 'stay_silent: cool_down' } }));
  assert.equal(thinking.decided.code, 'cool_down');
});

test('a long session is forgotten at its beginning', () => {
  const thinking = nothingYet();
  for (let n = 0; n < 2_000; n += 1) fold(thinking, explanation('tap', { explain }));
  assert.ok(thinking.marks.length <= 600 && thinking.curve.length <= 600);
});
