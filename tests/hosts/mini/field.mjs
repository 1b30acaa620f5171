// Bundles in the field: the network, staged roll-out, roll-back, and the kill switch within a launch.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alipay, wechat } from './apps.mjs';
import { getsStuck } from './session.mjs';

/** By the app's clock, in seconds: one of the wall's. */
const CHECK = 8;
const OFF = { enabled: false };

export function* field(made, origin) {
  yield ['field: the bundle comes from the network', () => fromTheNetwork(made, origin)];
  for (const [vendor, start] of Object.entries(vendors(made, origin))) {
    yield [`field: a roll-out gives each user theirs, and fetches only that, ${vendor}`, () => rollsOut(made, start)];
    yield [`field: for a bundle that does not run the one before goes on, ${vendor}`, () => goesBack(made, start)];
    yield [`field: switched off, all stops within one check, ${vendor}`, () => stopsWithinOneCheck(made, start)];
    yield [`field: switched off, all stops when the app is shown again, ${vendor}`, () => stopsWhenShown(made, start)];
    yield [`field: a bundle in the package has its switch where \`manifest\` says, ${vendor}`, () => switchElsewhere(made, start)];
  }
  yield ['field: a bundle in the package asks nobody', () => asksNobody(made, origin)];
}

const vendors = (made, origin) => ({
  WeChat: (options, more) => wechat(made.wechat.to, origin, { options, ...more }),
  Alipay: (options, more) => alipay(made.alipay.to, origin, { options, ...more }),
});

/**
 * Serves the bundle, and the same as one before, under `/old/`. `asked` collects what was asked for; `change`
 * changes the new one's manifest from then on, and `files` what lies in the place of its files.
 */
async function serveBundle(made) {
  const asked = [];
  let [change, files] = [{}, {}];
  const server = createServer((request, response) => {
    const [, folder, name] = request.url.split('/');
    asked.push(`${folder}/${name}`);
    const bytes = (folder === 'bundle' && files[name]) || readFileSync(join(made.bundle, name));
    const more = folder === 'bundle' ? change : { bundle: 'old' };
    response.end(name === 'manifest.json' ? JSON.stringify({ ...JSON.parse(bytes), ...more }) : bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}/bundle/`;
  return { url, asked, change: (more, instead = {}) => ([change, files] = [more, instead]), close: () => server.close() };
}

async function withBundle(made, run) {
  const served = await serveBundle(made);
  try {
    return await run(served);
  } finally {
    served.close();
  }
}

async function withApp(start, storage, run) {
  const app = await start(storage);
  try {
    return await run(app);
  } finally {
    await app.kill();
  }
}

const isUp = (app) => app.run('getApp().unstuck.ready');

/** Nothing is drawn, kept or asked for any more, one line says why, and the app lives. */
async function assertGone(app, url, end = 'it stops here') {
  await app.until('the end', () => !app.widget.there && app.warnings.length > 0);
  assert.deepEqual(app.warnings, [`unstuck: ${url}manifest.json says that the bot is off: ${end}`]);
  const [kept, asked] = [JSON.stringify([...app.storage]), app.requests.length];
  app.run('getApp().unstuck.track("late")');
  app.run('getApp().unstuck.ask("hello")');
  await app.use('cards.add', 'tap', { x: 1, y: 1 });
  await app.until('the next page', () => app.page.route === 'pages/card/number');
  await app.pause(3 * CHECK * 1_000);
  assert.equal(app.widget.there, false);
  assert.equal(JSON.stringify([...app.storage]), kept);
  assert.equal(app.requests.length, asked);
  assert.equal(app.worker, undefined, "Alipay's Worker still runs");
  assert.deepEqual([app.warnings.length, app.uncaught], [1, []]);
}

function fromTheNetwork(made, origin) {
  const gone = (_, path) => assert.ok(!path.includes('engine/bundle/'));
  return withBundle(made, ({ url, asked }) => {
    const start = wechat(made.wechat.to, origin, { options: `bundle: '${url}',`, tamper: (bytes, path) => (gone(bytes, path), bytes) });
    return withApp(start, undefined, async (app) => {
      await getsStuck(app);
      assert.equal(asked.length, 4);
      assert.deepEqual([app.warnings, app.uncaught], [[], []]);
    });
  });
}

/** By the hash that the browser draws with: www/src/worker/rollout.ts. */
const DRAWN = { 'user-0': 'bundle', 'user-1': 'old' };

function rollsOut(made, start) {
  return withBundle(made, async ({ url, asked, change }) => {
    change({ bundle: 'new', rollout: { percent: 50, previous: '../old/' } });
    for (const [user, theirs] of Object.entries(DRAWN)) {
      for (let launch = 0; launch < 2; launch++) {
        await withApp(start(`bundle: '${url}', user: '${user}',`), undefined, async (app) => {
          await isUp(app);
          assert.deepEqual(app.warnings, []);
        });
        const models = asked.splice(0).filter((path) => !path.endsWith('manifest.json'));
        assert.deepEqual(new Set(models.map((path) => path.split('/')[0])), new Set([theirs]), user);
      }
    }
  });
}

function goesBack(made, start) {
  const refused = readFileSync(join(made.bundle, 'behaviour.onnx')).fill(0);
  return withBundle(made, async ({ url, change }) => {
    for (const [files, says] of [[{ 'behaviour.onnx': Buffer.from('cut') }, /has 3 bytes and not/], [{ 'behaviour.onnx': refused }, /ONNX/]]) {
      change({ rollout: { percent: 100, previous: '../old/' } }, files);
      await withApp(start(`bundle: '${url}',`), undefined, async (app) => {
        await getsStuck(app);
        assert.equal(app.warnings.length, 1, app.warnings.join('\n'));
        assert.match(app.warnings[0], /^unstuck: the bundle before goes on/);
        assert.match(app.warnings[0], says);
      });
      change({}, files);
      await withApp(start(`bundle: '${url}',`), undefined, async (app) => {
        await assert.rejects(isUp(app), says);
      });
    }
  });
}

function stopsWithinOneCheck(made, start) {
  return withBundle(made, async ({ url, change }) => {
    const options = `bundle: '${url}', checkEvery: ${CHECK},`;
    const storage = await withApp(start(options), undefined, async (app) => {
      await isUp(app);
      change(OFF);
      await app.pause(1.5 * CHECK * 1_000);
      await assertGone(app, url);
      return app.storage;
    });
    // At the next launch it stays away, until it is on again.
    await withApp(start(options), storage, (app) => assertGone(app, url, 'it stays away'));
    change({});
    await withApp(start(options), storage, async (app) => {
      await isUp(app);
      assert.deepEqual(app.warnings, []);
    });
  });
}

function stopsWhenShown(made, start) {
  return withBundle(made, ({ url, asked, change }) =>
    withApp(start(`bundle: '${url}', checkEvery: ${CHECK},`), undefined, async (app) => {
      await isUp(app);
      await app.hide();
      change(OFF);
      const before = asked.length;
      await app.pause(2 * CHECK * 1_000);
      assert.equal(asked.length, before, 'an app that nobody sees asks nothing');
      await app.show();
      await assertGone(app, url);
    }));
}

function switchElsewhere(made, start) {
  return withBundle(made, async ({ url, asked, change }) => {
    const read = [];
    const options = `manifest: '${url}manifest.json', checkEvery: ${CHECK},`;
    const from = start(options, { tamper: (bytes, path) => (read.push(path), bytes) });
    await withApp(from, undefined, async (app) => {
      await isUp(app);
      change(OFF);
      await assertGone(app, url);
    });
    assert.deepEqual([...new Set(asked)], ['bundle/manifest.json']);
    read.length = 0;
    await withApp(from, undefined, (app) => assertGone(app, url, 'it stays away'));
    assert.deepEqual(read, [], 'nothing is loaded before it is asked');
  });
}

/** A lost network or a broken file switches nothing off either. */
async function asksNobody(made, origin) {
  for (const options of ['checkEvery: 1,', "checkEvery: 1, manifest: 'http://127.0.0.1:1/manifest.json',", `checkEvery: 1, manifest: '${origin}/',`]) {
    await withApp(wechat(made.wechat.to, origin, { options }), undefined, async (app) => {
      await isUp(app);
      await app.pause(10_000);
      assert.equal(app.requests.some(({ url }) => url.includes('manifest')), options.includes('manifest.json'));
      await getsStuck(app);
      assert.deepEqual([app.warnings, app.uncaught], [[], []]);
    });
  }
}
