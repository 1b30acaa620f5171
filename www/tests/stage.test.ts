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

test('silence gives its reason and makes no mark; an offer makes one', () => {
  const thinking = nothingYet();
  const reasons = [{ code: 'typing', text: 'The user is typing.' }];
  fold(thinking, explanation('input', { actions: [{ do: 'stay_silent', key: '1-0', reasons }] }));
  assert.deepEqual([thinking.did, thinking.reasons], ['stay_silent', reasons]);
  fold(thinking, explanation('tap', { actions: [{ do: 'suggest', key: '2-0', reasons }] }));
  assert.deepEqual(thinking.marks.filter(({ lane }) => lane === 'bot').map(({ name }) => name), ['suggest']);
});

test('a long session is forgotten at its beginning', () => {
  const thinking = nothingYet();
  for (let n = 0; n < 2_000; n += 1) fold(thinking, explanation('tap', { explain }));
  assert.ok(thinking.marks.length <= 600 && thinking.curve.length <= 600);
});
