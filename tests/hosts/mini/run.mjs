// Mini-programs: a whole session on each platform's stand-in, what goes wrong and what is said then,
// the limits of storage and packages. Prints one table.
//
//   UNSTUCK=…/unstuck node run.mjs [part of a name]

import { printSizes } from '../sizes.mjs';
import { compactBundle, serveDesk, subpackage, withPlainWasm } from './made.mjs';
import { captured } from './capture.mjs';
import { failures } from './failures.mjs';
import { field } from './field.mjs';
import { limits } from './limits.mjs';
import { packages, parts } from './packages.mjs';
import { readme } from './readme.mjs';
import { remoteMode } from './remote.mjs';
import { sessions } from './sessions.mjs';
import { simulated } from './simulate.mjs';

const wanted = process.argv[2] ?? '';
const bundle = compactBundle();
// The sizes count at full compression; time does not.
const made = { bundle, wechat: subpackage('wechat', bundle), alipay: subpackage('alipay', bundle) };
made.plain = withPlainWasm(made.wechat.to);
const desk = await serveDesk(bundle);
const rows = [];
for (const [name, run] of [...packages(made), ...simulated(), ...captured(made, desk.origin), ...sessions(made, desk.origin), ...remoteMode(made, desk.origin), ...failures(made, desk.origin), ...field(made, desk.origin), ...readme(made), ...limits(made, desk.origin)]) {
  if (!name.includes(wanted)) continue;
  const begun = Date.now();
  const row = { name, result: 'ok', note: '', seconds: '' };
  try {
    row.note = (await run()) ?? '';
  } catch (error) {
    row.result = 'FAILED';
    row.note = String(error.stack ?? error);
  }
  row.seconds = ((Date.now() - begun) / 1000).toFixed(1);
  rows.push(row);
  console.log(`${row.result.padEnd(7)} ${row.seconds.padStart(5)} s  ${row.name}${row.note ? `\n                 ${row.note.replaceAll('\n', '\n                 ')}` : ''}`);
}
desk.stop();
await printSizes(parts(made).map(({ bytes, limit, ...part }) => ({ ...part, result: bytes > limit ? 'FAILED' : 'ok', note: `${bytes} bytes of ${limit}` })));
const failed = rows.filter(({ result }) => result !== 'ok').length;
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || rows.length === 0 ? 1 : 0);
