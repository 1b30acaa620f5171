// What `unstuck check` finds is there in Chinese: every sentence of the sources that say them.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chinese, SENTENCES } from '../preview/findings.ts';

const root = join(process.cwd(), '..');
const checks = 'src/playbook/check';
const sources = [
  ...readdirSync(join(root, checks)).filter((file) => file !== 'tests.rs').map((file) => `${checks}/${file}`),
  'src/signal/threshold.rs', 'cli/src/source/finding.rs', 'cli/src/source/read.rs',
];
/** Pieces of serde's messages that are taken apart, of sentences put together, and of formats. */
const PIECES = ['stuck points', 'pieces of evidence', 'stuck point or intent', 'intent or stuck point', '{}: {}', '{}: ', '{}{}{}: {}: {}', '`, `', '` is not known',
  'unknown field ', 'unknown variant ', ', expected ', 'one that the schema lists', 'missing field ', 'invalid type: ', 'another type', 'a string', ' in quotes', ' at {}', 'write {}{}', '`{}` is said already{}'];

/** The literals of a source that are words, with `{}` for what is filled in. */
function literals(file: string): string[] {
  const code = readFileSync(join(root, file), 'utf8').split('#[cfg(test)]')[0]!.replace(/^\s*\/\/.*$/gm, '');
  const all = [...code.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, words]) => words!.replace(/\\\n\s*/g, '').replace(/\{[^}]*\}/g, '{}'));
  return all.filter((words) => words.includes(' ') && !words.startsWith('/') && !PIECES.includes(words));
}

test('each sentence that the checks can say has its Chinese', () => {
  const said = new Set(sources.flatMap(literals));
  assert.ok(said.size > 80, `only ${said.size} sentences were found`);
  const missing = [...said].filter((words) => !(words in SENTENCES));
  assert.deepEqual(missing, [], 'add these to www/preview/findings.ts');
});

test('no sentence of the table is taken for another, and each keeps what is in its holes', () => {
  for (const [said, zh] of Object.entries(SENTENCES)) {
    let n = 0;
    const filled = said.replace(/\{\}/g, () => `x${(n += 1)}`);
    assert.equal(chinese(filled), zh.replace(/\{(\d)\}/g, 'x$1'), filled);
    assert.equal(new Set(zh.match(/\{\d\}/g) ?? []).size, n, `${said}: not all holes are in the Chinese`);
  }
});

test('what is found in each broken playbook is said in Chinese', () => {
  const folder = join(root, 'tests/playbooks-broken');
  for (const file of readdirSync(folder)) {
    const [, finding = ''] = /^# expect \d+:\d+: (?:error|warning): (.*)$/m.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    const halves = [...finding.matchAll(/: /g)].map(({ index }) => [finding.slice(0, index), finding.slice(index + 2)]);
    const inChinese = halves.some(([what, mend]) => chinese(what!) && chinese(mend!));
    assert.ok(inChinese || finding === '', `${file}: ${finding}`);
  }
  assert.equal(chinese('there is no card `retry`'), '没有名为 `retry` 的卡片');
  assert.equal(chinese('`nxt` is not known here'), '这里不认识 `nxt`');
  assert.equal(chinese('300 stuck points are too many'), '300 个卡点太多');
  assert.equal(chinese('Something else entirely.'), undefined);
});
