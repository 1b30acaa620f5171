// What can go wrong while the engine loads: the app goes on, and one line in the console says what to do.

import assert from 'node:assert/strict';
import { alipay, wechat } from './apps.mjs';
import { getsStuck } from './session.mjs';

const cut = (name) => (bytes, path) => (path.includes(name) ? bytes.subarray(0, bytes.length >> 1) : bytes);
const gone = (name) => (bytes, path) => {
  if (path.includes(name)) throw new Error('no such file');
  return bytes;
};

/** One line, these words in it, nothing thrown, and the app's own taps and calls as ever. */
async function failsSoftly(start, line, before) {
  const app = await start();
  try {
    before?.(app);
    await app.until('the line', () => app.warnings.length > 0);
    await app.pause(2_000);
    assert.equal(app.warnings.length, 1, app.warnings.join('\n'));
    assert.match(app.warnings[0], line);
    await app.use('cards.add', 'tap', { x: 1, y: 1 });
    await app.until('the next page', () => app.page.route === 'pages/card/number');
    await app.use('bind.number.card', 'input', { value: '6222020200112233446' });
    await app.use('bind.number.next', 'tap', { x: 1, y: 1 });
    await app.until("the page after the app's own call", () => app.page.route === 'pages/card/identity');
    assert.deepEqual(app.uncaught, []);
    return app.warnings[0];
  } finally {
    await app.kill();
  }
}

export function* failures(made, origin) {
  const sub = made.wechat.to;
  const on = (more) => wechat(sub, origin, more);
  const cases = {
    'no WXWebAssembly': [on({ wasm: false }), /base library 2\.13\.0 or newer/],
    'the subpackage is not there': [wechat('/nowhere', origin), /subPackages in app\.json/],
    'the Wasm is not in the package': [on({ tamper: gone('core.wasm') }), /core\.wasm\.br did not start .*unstuck-mini/],
    'the Wasm is cut short': [on({ tamper: cut('core.wasm') }), /core\.wasm\.br did not start .*unstuck-mini/],
    'a model is cut short': [on({ tamper: cut('behaviour.onnx') }), /behaviour\.onnx/],
    'the playbook is not in the package': [on({ tamper: gone('playbook.json') }), /playbook\.json is not in the package/],
    'the manifest is no JSON': [on({ tamper: cut('manifest.json') }), /manifest\.json is no JSON/],
    'an old base library, without readCompressedFile': [on({ lacks: ['readCompressedFile'] }), /no readCompressedFile .*from 2\.21\.1/],
    'an option is wrong': [on({ options: "consent: 'maybe'," }), /consent is "maybe"/],
    'a bundle whose host is no request domain': [on({ options: "bundle: 'https://127.0.0.1:1/bundle/'," }), /request domain/],
    'a bundle that answers 404': [on({ options: `bundle: '${origin}/nothing/',` }), /answered 404/],
    'Alipay, no MYWebAssembly': [alipay(made.alipay.to, origin, { wasm: false }), /10\.5\.60/],
    'Alipay, no Worker': [alipay(made.alipay.to, origin, { lacks: ['createWorker'] }), /"workers" in app\.json/],
    "Alipay, the bundle's script is not there": [alipay(made.alipay.to, origin, { without: 'bundle.js' }), /`models` must name a file/],
    'Alipay, the Wasm is cut short': [alipay(made.alipay.to, origin, { tamper: cut('core.wasm') }), /did not start/],
  };
  for (const [name, [start, line]] of Object.entries(cases)) {
    yield [`fails softly: ${name}`, () => failsSoftly(start, line)];
  }
  yield ['fails softly: out of memory', () => failsSoftly(async (storage) => {
    const { WeChat } = await import('./wechat.mjs');
    Object.defineProperty(WeChat.prototype, 'wasmFails', { get: () => new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory'), configurable: true });
    try {
      const app = await wechat(sub, origin)(storage);
      await app.until('the line', () => app.warnings.length > 0);
      return app;
    } finally {
      delete WeChat.prototype.wasmFails;
    }
  }, /out of memory/)];
  yield ['a trapped core is started again, with a glue of its own', () => survivesATrap(sub, origin)];
}

async function survivesATrap(sub, origin) {
  const app = await wechat(sub, origin)();
  let pushes = 0;
  try {
    await app.until('the engine', () => app.instances === 1 && app.widget.panel && !app.widget.panel.status);
    await app.kill();
  } finally {
    await app.kill();
  }
  const { WeChat } = await import('./wechat.mjs');
  WeChat.prototype.replaced = ({ core_push }) => ({
    core_push: (...args) => {
      pushes += 1;
      if (pushes === 6) throw new WebAssembly.RuntimeError('unreachable');
      return core_push(...args);
    },
  });
  const again = await wechat(sub, origin)();
  try {
    await getsStuck(again);
    assert.ok(pushes > 6);
    assert.equal(again.instances, 2);
    assert.deepEqual([again.warnings, again.uncaught], [[], []]);
  } finally {
    delete WeChat.prototype.replaced;
    await again.kill();
  }
}
