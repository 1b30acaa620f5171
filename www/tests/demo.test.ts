// The demo against what others say about it: the server's troubles, the playbook's targets, the photos.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sharpness } from '../demo/app/photo.ts';
import { groups } from '../demo/stage/troubles.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const all = (folder: string, end: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end)).map((name) => read(join(folder, name))).join('\n');

test('every trouble that the server knows can be planted, and no other', () => {
  const trouble = /pub struct Trouble \{(.*?)\n\}/s.exec(read('cli/src/serve/wallet/trouble.rs'))![1]!;
  const known = [...trouble.matchAll(/pub (\w+): bool/g)].map(([, name]) => name).sort();
  assert.deepEqual(groups.flatMap(({ plants }) => plants.map(({ id }) => id)).sort(), known);
});

test('every target of the playbook is in the demo', () => {
  const sources = all('www/demo', '.ts');
  const targets = new Set([...all('playbooks/wallet', '.yaml').matchAll(/\b(?:target|commit): "?([a-z][\w.]*\*?)/g)].map(([, target]) => target!));
  const there = (target: string) => [target, target.replace(/\*$/, ''), target.replace(/[^.]*$/, '${')].some((id) => new RegExp(`["'\`]${id.replace(/[.$*{]/g, '\\$&')}`).test(sources));
  assert.deepEqual([...targets].filter((target) => !there(target)), []);
  assert.ok(targets.size > 40);
});

test('a blurred edge is less sharp than a clean one, and nothing is not sharp at all', () => {
  const picture = (shade: (x: number) => number) => {
    const [width, height] = [32, 8];
    const data = new Uint8ClampedArray(width * height * 4);
    for (let at = 0; at < width * height; at += 1) data.fill(shade(at % width), at * 4, at * 4 + 4);
    return sharpness({ data, width, height });
  };
  const clean = picture((x) => (x < 16 ? 0 : 255));
  const blurred = picture((x) => Math.min(255, Math.max(0, (x - 8) * 16)));
  assert.equal(picture(() => 128), 0);
  assert.ok(clean > 60 && blurred < 60, `${clean} ${blurred}`);
});
