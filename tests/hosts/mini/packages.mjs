// What is shipped: sizes against the platforms' limits, the language level, and names that must not occur.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg, root } from './made.mjs';

const { parse } = createRequire(join(root, 'www/package.json'))('acorn');
const PACKAGE_BYTES = 2 * 1024 * 1024;
const MAIN_BYTES = 40 * 1024;
const FORBIDDEN = /\b(eval|globalThis|window|document|localStorage|XMLHttpRequest|importScripts)\b|new Function|import\.meta|import\(/;

function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => sum + (entry.isDirectory() ? bytesIn(join(folder, entry.name)) : statSync(join(folder, entry.name)).size), 0);
}

/** Names of the code, not words in its strings. */
function codeOnly(text, ecmaVersion) {
  const words = [];
  parse(text, { ecmaVersion, allowReturnOutsideFunction: true, onToken: ({ type, value }) => words.push(type.label === 'string' || type.label === 'template' || type.label === 'regexp' ? '""' : (value ?? type.label)) });
  return words.join(' ');
}

export function* packages(made) {
  for (const [vendor, folder] of [['WeChat', 'miniprogram_dist'], ['Alipay', 'es'], ['Douyin', 'douyin_dist']]) {
    yield [`size: ${vendor}, what the main package gains`, () => {
      const bytes = bytesIn(join(pkg, folder));
      assert.ok(bytes <= MAIN_BYTES, `${bytes} bytes of ${MAIN_BYTES}`);
      return `${bytes} bytes of ${MAIN_BYTES}`;
    }];
  }
  for (const [vendor, sub] of [['WeChat', made.wechat], ['Alipay', made.alipay]]) {
    yield [`size: ${vendor}: one subpackage`, () => {
      const bytes = bytesIn(sub.to);
      const core = readFileSync(join(pkg, 'dist/core.wasm'));
      const note = `${bytes} bytes of ${PACKAGE_BYTES}; core.wasm ${core.length} bytes, sha256 ${createHash('sha256').update(core).digest('hex').slice(0, 16)}\n${sub.said.trim()}`;
      assert.equal(sub.code, bytes > PACKAGE_BYTES ? 2 : 0, 'the tool says whether it fits');
      assert.ok(bytes <= PACKAGE_BYTES, note);
      return note;
    }];
  }
  const scripts = [['miniprogram_dist/index.js', 2018], ['douyin_dist/index.js', 2018], ['es/index.js', 2018], ['dist/mini/engine.js', 2018], ['dist/mini/engine-alipay.js', 2018], ['dist/mini/worker.js', 5]];
  for (const [path, level] of scripts) {
    yield [`language: ${path} is ES${level}, and names nothing that is not there`, () => {
      const text = readFileSync(join(pkg, path), 'utf8');
      const found = FORBIDDEN.exec(codeOnly(text, level));
      assert.equal(found, null, found?.[0]);
    }];
  }
}
