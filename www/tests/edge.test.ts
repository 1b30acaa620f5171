// What of the edge handler needs no other host: options, bundles in the field, the store, a trap.

import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Edge from '../../pkg/types/edge.d.ts';
import { draw } from '../src/worker/rollout.ts';
// @ts-ignore: plain JavaScript, shared with the tests of the edge hosts.
import { fixtureBundle } from '../../tests/hosts/edge/bundle.mjs';

const DIST = join(process.cwd(), '../pkg/dist');
const SECRET = 'a secret for tests only, 0123456789abcdef';
const MINUTE = 60_000;

let edge: typeof Edge;
let folder: string;
let now = 1_763_949_600_000;

before(async () => {
  edge = (await import(pathToFileURL(join(DIST, 'edge.node.js')).href)) as typeof Edge;
});
beforeEach(() => {
  folder = fixtureBundle(join(process.cwd(), '..')) as string;
});

const handler = (more: object = {}) => edge.createHandler({ bundle: pathToFileURL(folder), secret: SECRET, now: () => now, ...more });

async function ask(handle: Edge.EdgeHandler, route: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const init = body ? { method: 'POST', body: JSON.stringify({ session: 'a-session', ...body }) } : {};
  const response = await handle(new Request(`http://edge.test/${route}`, init));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function manifest(change: (manifest: Record<string, unknown>) => void): void {
  const path = join(folder, 'manifest.json');
  const whole = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(whole);
  writeFileSync(path, JSON.stringify(whole));
}

test('a mistake in the options throws a sentence', () => {
  const cases: [object, RegExp][] = [
    [{ secret: 'short' }, /`secret` needs at least 32 random characters/],
    [{ secret: [] }, /`secret` needs/],
    [{ bundle: '/bundle/' }, /`bundle` is "\/bundle\/", which is no whole URL/],
    [{ bundle: { 'manifest.json': '{}' } }, /`bundle` lacks "playbook.json"/],
    [{ previous: '/old/' }, /`previous` is "\/old\/", which is no whole URL/],
    [{ previous: {} }, /`previous` lacks "manifest.json"/],
    [{ handoff: 'desk' }, /`handoff` is "desk", which is no whole URL/],
    [{ maxAge: 0 }, /maxAge is 0/],
  ];
  for (const [options, sentence] of cases) assert.throws(() => handler(options), sentence);
});

test('a bundle whose files are not those of the manifest does not run', async () => {
  writeFileSync(join(folder, 'behaviour.onnx'), 'another');
  const handle = handler();
  const { status, body } = await ask(handle, 'health');
  assert.deepEqual([status, body['code']], [503, 'not_ready']);
  assert.match(String(body['detail']), /behaviour\.onnx is not the file that manifest\.json lists/);
  await assert.rejects(handle.ready(), /manifest\.json lists/);
});

test('the kill switch stops it within one check, and lets it go on as soon', async () => {
  const handle = handler();
  assert.equal((await ask(handle, 'say', { t: now, text: 'hello' })).status, 200);
  manifest((whole) => (whole['enabled'] = false));
  assert.equal((await ask(handle, 'health')).status, 200, 'not looked at again yet');
  now += MINUTE;
  assert.deepEqual((await ask(handle, 'say', { t: now, text: 'hello' })).body['code'], 'switched_off');
  manifest((whole) => (whole['enabled'] = true));
  assert.equal((await ask(handle, 'health')).status, 503);
  now += MINUTE;
  assert.equal((await ask(handle, 'health')).status, 200);
});

test('a new bundle is taken up, and a broken one leaves the last good one', async () => {
  const handle = handler();
  assert.equal((await ask(handle, 'health')).body['bundle'], 'fixture');
  manifest((whole) => (whole['bundle'] = 'newer'));
  now += MINUTE;
  assert.equal((await ask(handle, 'health')).body['bundle'], 'newer');
  manifest((whole) => (whole['bundle'] = 'broken'));
  writeFileSync(join(folder, 'playbook.json'), '{}');
  now += MINUTE;
  assert.equal((await ask(handle, 'health')).body['bundle'], 'newer');
});

/** The bundle in `folder` is a newer one, staged; `previous` leads to the one before, which is called "fixture". */
function stage(percent: number, more: object = {}): void {
  const previous = pathToFileURL(fixtureBundle(join(process.cwd(), '..')) as string).href;
  manifest((whole) => Object.assign(whole, { bundle: 'newer', rollout: { percent, previous }, ...more }));
}

const users = Array.from({ length: 40 }, (_, n) => `pseudonym-${n}`);
const [inside, outside] = [users.find((user) => draw(user, 'newer') < 30)!, users.find((user) => draw(user, 'newer') >= 30)!];
const begin = (handle: Edge.EdgeHandler, user: string) => ask(handle, 'say', { t: now, text: 'hello', config: { user } });

test('a roll-out gives each user theirs, and a session keeps what it began with', async () => {
  stage(30);
  const handle = handler();
  assert.equal((await begin(handle, inside)).body['bundle'], 'newer');
  const old = (await begin(handle, outside)).body;
  assert.equal(old['bundle'], 'fixture');
  assert.equal((await ask(handle, 'say', { session: inside, t: now, text: 'hello' })).body['bundle'], 'newer', 'by the session where there is no user');
  manifest((whole) => ((whole['rollout'] as { percent: number }).percent = 100));
  now += MINUTE;
  assert.equal((await begin(handle, outside)).body['bundle'], 'newer');
  const { snapshot } = old;
  assert.equal((await ask(handle, 'say', { t: now, text: 'hello', snapshot })).body['bundle'], 'fixture');
  manifest((whole) => (whole['rollout'] = { percent: 100 }));
  now += MINUTE;
  const { status, body } = await ask(handle, 'say', { t: now, text: 'hello', snapshot });
  assert.deepEqual([status, body['code']], [409, 'snapshot_other_bundle']);
});

test('the kill switch stops the sessions of both bundles', async () => {
  stage(30);
  const handle = handler();
  await begin(handle, outside);
  manifest((whole) => (whole['enabled'] = false));
  now += MINUTE;
  for (const user of [inside, outside]) assert.equal((await begin(handle, user)).body['code'], 'switched_off');
});

test('where the new bundle does not run, the one before is for everybody', async () => {
  for (const [name, text] of [['playbook.json', '{}'], ['behaviour.onnx', undefined]] as const) {
    folder = fixtureBundle(join(process.cwd(), '..')) as string;
    stage(30);
    if (text) writeFileSync(join(folder, name), text);
    else rmSync(join(folder, name));
    const handle = handler();
    for (const user of [inside, outside]) assert.equal((await begin(handle, user)).body['bundle'], 'fixture');
  }
});

test('files that are rolled out to some need the files of the others', async () => {
  const file = (name: string) => readFileSync(join(folder, name));
  const files = (): Edge.BundleFiles => ({ 'manifest.json': file('manifest.json'), 'playbook.json': file('playbook.json'), 'behaviour.onnx': file('behaviour.onnx'), 'intents.onnx': file('intents.onnx') });
  const previous = files();
  stage(30);
  const alone = handler({ bundle: files() });
  await assert.rejects(alone.ready(), /rolled out to 30 % of users, and there is none for the others: give the one before as `previous`/);
  assert.equal((await ask(alone, 'health')).body['code'], 'not_ready');
  const both = handler({ bundle: files(), previous });
  assert.equal((await begin(both, inside)).body['bundle'], 'newer');
  assert.equal((await begin(both, outside)).body['bundle'], 'fixture');
});

test('the store in memory forgets what expired, and takes one of two', async () => {
  const store = edge.memoryStore();
  const later = Date.now() + MINUTE;
  assert.equal(await store.putIf('a', null, '1', later), true);
  assert.equal(await store.putIf('a', null, '1', later), false);
  assert.equal(await store.putIf('a', '1', '2', Date.now() - 1), true);
  assert.equal(await store.get('a'), null);
});

test('a trap costs one request: the next one has a new instance, and other handlers as well', async () => {
  const [one, other] = [handler(), handler()];
  await Promise.all([one.ready(), other.ready()]);
  const begun = (await ask(other, 'say', { t: now, text: 'hello' })).body;
  const { Core } = (await import(pathToFileURL(join(DIST, 'core_bg.js')).href)) as { Core: { prototype: { pushAll(inputs: unknown): unknown } } };
  const { pushAll } = Core.prototype;
  Core.prototype.pushAll = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const trapped = await ask(one, 'say', { t: now, text: 'hello' });
  Core.prototype.pushAll = pushAll;
  assert.deepEqual([trapped.status, trapped.body['code']], [500, 'engine_failed']);
  assert.equal((await ask(one, 'say', { t: now, text: 'hello' })).status, 200);
  const on = await ask(other, 'say', { t: now + 1_000, text: 'hello', snapshot: begun['snapshot'] });
  assert.deepEqual([on.status, on.body['sequence']], [200, 2]);
});
