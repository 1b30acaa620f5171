// The README's sections of mini-programs, followed to the letter in an app of one empty page. npm takes the packed
// package.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { section } from '../readme.mjs';
import { Alipay } from './alipay.mjs';
import { packageOf } from './host.mjs';
import { pkg, work } from './made.mjs';
import { WeChat } from './wechat.mjs';

const SHELL = `set -e
npm() { mkdir -p node_modules && cp -r "$PKG" node_modules/unstuck; }
npx() { node "node_modules/unstuck/bin/$1.mjs" "\${@:2}"; }
`;
const HOME = 'pages/home/home';

/** Where the vendor's tool puts what npm installed. */
const built = { WeChat: (folder) => join(folder, 'node_modules/unstuck/miniprogram_dist'), Alipay: (folder) => join(folder, 'node_modules/unstuck') };

export function* readme(made) {
  yield ['README: WeChat', () => follow('WeChat', WeChat, made)];
  yield ['README: Alipay', () => follow('Alipay', Alipay, made)];
}

async function follow(title, Host, { bundle }) {
  const folder = join(work, `readme-${title}`);
  const { run, files } = section(title, 'README.md');
  const code = (name) => files.find(({ file }) => file === name).code;
  const write = (name, text) => writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'pages/home'), { recursive: true });
  cpSync(bundle, join(folder, 'bundle'), { recursive: true });
  write('app.json', JSON.stringify({ pages: [HOME], ...JSON.parse(`{${code('app.json')}}`) }));
  write('app.js', `${code('app.js')}App({ unstuck });`);
  write(`${HOME}.js`, 'Page({});');
  write(`${HOME}.${Host === WeChat ? 'wxml' : 'axml'}`, '<view /><unstuck />');
  execFileSync('bash', ['-c', SHELL + run], { cwd: folder, env: { ...process.env, PKG: pkg }, stdio: 'pipe' });
  const app = new Host({ read: packageOf([['miniprogram_npm/unstuck/', built[title](folder)], ['', folder]]) });
  try {
    await app.start();
    if (Host === Alipay) await app.run('getApp().unstuck.consent(true)');
    await app.run("getApp().unstuck.ready.then(() => getApp().unstuck.ask('为什么收不到验证码'))");
    await app.until('an answer', () => app.widget.there && app.widget.messages.some(({ from }) => from === 'bot'));
    const warnings = app.warnings.filter((line) => !line.includes('this platform does not say whether the user has agreed'));
    assert.deepEqual([warnings, app.uncaught], [[], []]);
  } finally {
    await app.kill();
  }
}
