// What is shipped: sizes against the platforms' limits, the language level, and names that must not occur.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg, root } from './made.mjs';

const { parse } = createRequire(join(root, 'www/package.json'))('acorn');
const PACKAGE_BYTES = 2 * 1024 * 1024;
const MAIN_BYTES = 40 * 1024;
const FORBIDDEN = /\b(eval|globalThis|window|document|localStorage|XMLHttpRequest|importScripts)\b|new Function|import\.meta|import\(/;

const VENDORS = { WeChat: 'miniprogram_dist', Alipay: 'es', Douyin: 'douyin_dist' };

/** What lies in a folder, in whole. */
function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
  return names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

/** Each package that a vendor gets: its files, and how much of them it may be. */
export function parts(made) {
  const main = Object.entries(VENDORS).map(([vendor, folder]) => ({ host: `${vendor}, main package`, files: filesIn(join(pkg, folder)), limit: MAIN_BYTES }));
  const own = [['WeChat', made.wechat], ['Alipay', made.alipay]].map(([vendor, { to }]) => ({ host: `${vendor}, subpackage`, files: filesIn(to), limit: PACKAGE_BYTES }));
  return [...main, ...own].map((part) => ({ ...part, bytes: part.files.reduce((sum, { bytes }) => sum + bytes.length, 0) }));
}

/** Names of the code, not words in its strings. */
function codeOnly(text, ecmaVersion) {
  const words = [];
  parse(text, { ecmaVersion, allowReturnOutsideFunction: true, onToken: ({ type, value }) => words.push(type.label === 'string' || type.label === 'template' || type.label === 'regexp' ? '""' : (value ?? type.label)) });
  return words.join(' ');
}

export function* packages(made) {
  for (const { host, bytes, limit } of parts(made)) {
    yield [`size: ${host}`, () => {
      const note = `${bytes} bytes of ${limit}`;
      assert.ok(bytes <= limit, note);
      return note;
    }];
  }
  yield ['size: the tool says whether a subpackage fits', () => {
    for (const { said, code } of [made.wechat, made.alipay]) {
      const [, total] = /^ *(\d+)  of /m.exec(said);
      assert.equal(code, Number(total) > PACKAGE_BYTES ? 2 : 0, said);
    }
  }];
  const scripts = [['miniprogram_dist/index.js', 2018], ['douyin_dist/index.js', 2018], ['es/index.js', 2018], ['dist/mini/engine.js', 2018], ['dist/mini/engine-alipay.js', 2018], ['dist/mini/worker.js', 5]];
  for (const [path, level] of scripts) {
    yield [`language: ${path} is ES${level}, and names nothing that is not there`, () => {
      const text = readFileSync(join(pkg, path), 'utf8');
      const found = FORBIDDEN.exec(codeOnly(text, level));
      assert.equal(found, null, found?.[0]);
    }];
  }
}
