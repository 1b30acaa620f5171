import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw } from '../src/worker/rollout.ts';

test('a roll-out meets its share, and each bundle draws its own users', () => {
  const users = Array.from({ length: 10_000 }, (_, n) => `user-${n}`);
  const inIt = (bundle: string) => users.filter((user) => draw(user, bundle) < 20);
  const [a, b] = [inIt('0123456789ab'), inIt('ba9876543210')];
  // Five standard deviations of a binomial around 2,000 and around 400.
  assert.ok(Math.abs(a.length - 2_000) < 200, `${a.length}`);
  const both = a.filter((user) => b.includes(user)).length;
  assert.ok(Math.abs(both - 400) < 100, `${both}`);
});

