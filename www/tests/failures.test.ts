// What can go wrong on the way to the engine, in a real browser: one line in the console says what to
// do, and the page works as if we were not there.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { POLICY, serve, type TestServer } from './server.ts';

interface Case {
  name: string;
  /** Changes the answers to paths that match. */
  break?: [path: RegExp, answer: (request: IncomingMessage, response: ServerResponse) => void][];
  csp?: string;
  /** Flags for V8. */
  v8?: string;
  /** What the one line says; none where it works all the same. */
  says?: RegExp;
}

const status = (code: number) => (_: IncomingMessage, response: ServerResponse) => void response.writeHead(code).end();
const as = (type: string, body: Buffer | string) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': POLICY }).end(body);
const never = () => undefined;
/** Promises more than it sends. */
const cutOff = (request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-length': '1000000', 'content-type': 'application/wasm' });
  response.write('\0asm', () => request.socket.destroy());
};
const CORE = /^\/pkg\/core(\.simd)?\.wasm/;
const bytes = (...more: number[]) => Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...more]);
/** A module that wants 256 pages of memory at once, which is 16 MB. */
const HUNGRY = bytes(5, 4, 1, 0, 0x80, 2);

const CASES: Case[] = [
  { name: 'no Wasm in the browser', v8: '--jitless', says: /this browser has no WebAssembly/ },
  { name: 'a policy that forbids Wasm', csp: POLICY.replace(" 'wasm-unsafe-eval'", ''), says: /add 'wasm-unsafe-eval' to its script-src/ },
  { name: 'a policy that forbids to fetch', csp: POLICY.replace("connect-src 'self'", "connect-src 'none'"), says: /could not be fetched.*connect-src/ },
  { name: 'a policy that forbids workers', csp: POLICY.replace("worker-src 'self'", "worker-src 'none'") },
  { name: 'trusted types', csp: `${POLICY}; require-trusted-types-for 'script'` },
  { name: 'the core as text/plain', break: [[CORE, as('text/plain', bytes())]] },
  { name: 'scripts as text/plain', break: [[/worker\.js|engine\.js/, as('text/plain', '')]], says: /neither worker\.js nor engine\.js.*scripts as text\/javascript/ },
  { name: 'worker.js as text/plain', break: [[/worker\.js/, as('text/plain', '')]] },
  { name: 'no manifest', break: [[/manifest\.json/, status(404)]], says: /manifest\.json answered 404: serve the folder made by "unstuck build"/ },
  { name: 'no model', break: [[/behaviour\.onnx/, status(404)]], says: /behaviour\.onnx answered 404: serve the folder made by "unstuck build"/ },
  { name: 'no core', break: [[CORE, status(404)]], says: /core\.wasm answered 404: serve core\.wasm beside unstuck\.js/ },
  { name: 'no core with SIMD', break: [[/core\.simd\.wasm/, status(404)]] },
  { name: 'a page in the place of the core with SIMD', break: [[/core\.simd\.wasm/, as('text/html', '<!doctype html>')]] },
  { name: 'no worker.js', break: [[/worker\.js/, status(404)]] },
  { name: 'no worker.js and no engine.js', break: [[/worker\.js|engine\.js/, status(404)]], says: /neither worker\.js nor engine\.js.*whole dist\/ folder/ },
  { name: 'no glue for the page', break: [[/worker\.js|core_bg\.js/, status(404)]], says: /neither worker\.js nor engine\.js/ },
  { name: 'no widget.js', break: [[/widget\.js/, status(404)]], says: /widget.*serve widget\.js beside unstuck\.js/ },
  { name: 'a page in the place of the core', break: [[CORE, as('text/html', '<!doctype html>')]], says: /core\.wasm is no whole Wasm file.*dist\/ folder again/ },
  { name: 'a page in the place of the manifest', break: [[/manifest\.json/, as('text/html', '<!doctype html>')]], says: /manifest\.json is no JSON: build the bundle again/ },
  { name: 'half a core', break: [[CORE, as('application/wasm', bytes(1, 5, 1))]], says: /core\.wasm is no whole Wasm file/ },
  { name: 'a core that breaks off', break: [[CORE, cutOff]], says: /core\.wasm is no whole Wasm file/ },
  { name: 'half a model', break: [[/intents\.onnx/, as('application/octet-stream', 'inte')]], says: /intents\.onnx is not the file that manifest\.json lists/ },
  { name: 'half a manifest', break: [[/manifest\.json/, as('application/json', '{"bundle":')]], says: /manifest\.json is no JSON/ },
  { name: 'too little memory for the core', v8: '--wasm-max-mem-pages=16', break: [[CORE, as('application/wasm', HUNGRY)]], says: /not enough memory|too little memory/ },
  { name: 'a worker that never comes up', break: [[/worker\.js/, never]] },
];

let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await server.close();
});
afterEach(() => {
  server.override = () => false;
  server.csp = POLICY;
});

for (const tried of CASES) {
  test(`${tried.name}: ${tried.says ? 'one line says what to do' : 'it runs all the same'}, and the page works`, async () => {
    server.csp = tried.csp ?? POLICY;
    server.override = (request, response) => {
      const found = tried.break?.find(([path]) => path.test(request.url ?? ''));
      found?.[1](request, response);
      return !!found;
    };
    const own = tried.v8 ? await openBrowser([`--js-flags=${tried.v8}`]) : browser;
    const context = await own.newContext();
    try {
      await visit(await context.newPage(), tried);
    } finally {
      await (tried.v8 ? own : context).close();
    }
  });
}

async function visit(page: Page, tried: Case): Promise<void> {
  const lines: string[] = [];
  const errors: string[] = [];
  page.on('console', (message) => message.text().startsWith('unstuck:') && lines.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${server.url}/page/index.html`);
  await page.waitForFunction(() => 'unstuck' in window);
  const came = await page.evaluate(() => window.unstuck.ready.then(() => 'ready', () => 'failed'));
  await page.waitForTimeout(300);
  if (tried.says) {
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(lines[0]!, tried.says);
  } else {
    assert.deepEqual(lines, []);
    assert.equal(came, 'ready');
  }
  await page.evaluate(() => {
    document.querySelector('[data-unstuck="form.agree"]')!.addEventListener('click', () => (document.title = 'clicked'));
  });
  await page.click('[data-unstuck="form.agree"]');
  assert.equal(await page.title(), 'clicked');
  assert.equal(await page.evaluate(() => fetch('/page/page.css').then(({ status }) => status, () => 0)), tried.csp?.includes("connect-src 'none'") ? 0 : 200);
  assert.deepEqual(errors, [], 'something was thrown into the page');
}
