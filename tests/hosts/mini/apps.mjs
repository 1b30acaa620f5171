// The example apps, laid out as the vendors' tools do, on the stand-in of each platform.

import { join } from 'node:path';
import { Alipay } from './alipay.mjs';
import { packageOf } from './host.mjs';
import { pkg, root } from './made.mjs';
import { Douyin, WeChat } from './wechat.mjs';

/** `change(path, text)` changes a script of the app. */
function scripts(files, change) {
  return (path) => {
    const bytes = files(path);
    return /(^|\/)(app|api)\.js$/.test(path) ? Buffer.from(change(String(bytes), path)) : bytes;
  };
}

const at = (origin) => (text) => text.replaceAll('http://127.0.0.1:4600', origin);

export function wechat(sub, origin, { options = '', plain = false, added = {}, ...rest } = {}) {
  const files = packageOf([['miniprogram_npm/unstuck/', join(pkg, 'miniprogram_dist')], ['unstuck-engine/', sub], ['', join(root, 'examples/wechat-miniprogram')]]);
  const all = (path) => (added[path] === undefined ? files(path) : Buffer.from(added[path]));
  const more = `${plain ? "wasm: '/unstuck-engine/core.wasm'," : ''}${options}`;
  return async (storage) => {
    const app = new WeChat({ read: scripts(all, (text) => at(origin)(text).replace('init({', `init({${more}`)), storage, ...rest });
    await app.start();
    return app;
  };
}

/** WeChat's example under Douyin's names. */
export function douyin(sub, origin) {
  const files = packageOf([['miniprogram_npm/unstuck/', join(pkg, 'douyin_dist')], ['unstuck-engine/', sub], ['', join(root, 'examples/wechat-miniprogram')]]);
  const named = (path) => (path.startsWith('pages/') ? path.replace(/\.ttml$/, '.wxml') : path);
  const spelt = (bytes, path) => (path.startsWith('pages/') || path === 'api.js' ? Buffer.from(String(bytes).replaceAll('wx.', 'tt.').replaceAll('wx:', 'tt:')) : bytes);
  return async (storage) => {
    const app = new Douyin({ read: scripts((path) => spelt(files(named(path)), path), at(origin)), storage });
    await app.start();
    return app;
  };
}

export function alipay(sub, origin, { options = '', without, ...rest } = {}) {
  const files = packageOf([['miniprogram_npm/unstuck/', pkg], ['unstuck-engine/', sub], ['', join(root, 'examples/alipay-miniprogram')]]);
  const all = (path) => {
    if (without && path.endsWith(without)) throw new Error(`no such file ${path}`);
    return files(path);
  };
  return async (storage) => {
    const app = new Alipay({ read: scripts(all, (text) => at(origin)(text).replace('init({', `init({${options}`)), storage, ...rest });
    await app.start();
    await app.use('home.agree', 'tap', { x: 1, y: 1 });
    return app;
  };
}
