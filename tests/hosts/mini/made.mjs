// What the runs need: the bundle, the subpackages, the desk's server.

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const UNSTUCK = process.env.UNSTUCK ?? join(root, 'target/debug/unstuck');

export const work = mkdtempSync(join(tmpdir(), 'unstuck-mini-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

/** The package as npm would install it. */
export const pkg = (() => {
  const app = join(work, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "private": true }');
  const run = (...args) => String(execFileSync('npm', args, { cwd: app, stdio: ['ignore', 'pipe', 'ignore'] })).trim();
  const tarball = run('pack', join(root, 'pkg'), '--silent');
  run('install', `./${tarball}`, '--no-audit', '--no-fund', '--offline');
  return join(app, 'node_modules/unstuck');
})();

/** The wallet on the compact encoder. */
export function compactBundle() {
  const bundle = join(work, 'bundle');
  execFileSync(UNSTUCK, ['build', join(root, 'playbooks/wallet'), '--compact', '--out', bundle], { cwd: root, stdio: 'pipe' });
  return bundle;
}

/** What `npx unstuck-mini` says and writes. */
export function subpackage(vendor, bundle, quality = 11) {
  const to = join(work, `${vendor}-${quality}`);
  try {
    const said = execFileSync(process.execPath, [join(pkg, '../.bin/unstuck-mini'), vendor, bundle, to], { env: { ...process.env, UNSTUCK_BROTLI: String(quality) }, stdio: 'pipe' });
    return { to, said: String(said), code: 0 };
  } catch (error) {
    if (error.status !== 2) throw error;
    return { to, said: String(error.stdout) + String(error.stderr), code: 2 };
  }
}

/** A core that is not compressed, for base libraries before 2.14. */
export function withPlainWasm(folder) {
  const to = `${folder}-plain`;
  cpSync(folder, to, { recursive: true });
  cpSync(join(pkg, 'dist/core.wasm'), join(to, 'core.wasm'));
  return to;
}

export async function serveDesk(bundle) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  mkdirSync(join(work, 'desk'), { recursive: true });
  const child = spawn(UNSTUCK, ['serve', '--port', String(port), '--bundle', bundle, '--db', join(work, 'desk', `${port}.db`)], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const origin = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(`unstuck serve ended with ${child.exitCode}`);
    if ((await fetch(`${origin}/`).catch(() => undefined))?.status) return { origin, stop: () => void child.kill('SIGKILL') };
    await sleep(100);
  }
  throw new Error('unstuck serve did not answer within 30 s');
}
