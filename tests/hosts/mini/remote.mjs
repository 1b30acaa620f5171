// Clients without Wasm: the engine behind HTTP, with the package's own handler, on Node.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alipay, wechat } from './apps.mjs';
import { pkg, work } from './made.mjs';
import { getsStuck } from './session.mjs';

export function* remoteMode(made, origin) {
  yield ['remote: WeChat without Wasm, the engine at the edge', () => atTheEdge(made, origin, (sub, edge) => wechat(sub, origin, { wasm: false, options: `remote: '${edge}',` }), 'wechat')];
  yield ['remote: Alipay without a Worker, the engine at the edge', () => atTheEdge(made, origin, (sub, edge) => alipay(sub, origin, { lacks: ['createWorker'], options: `remote: '${edge}',` }), 'alipay')];
}

/** `createHandler` of the installed package over node:http. */
async function serveEdge(bundle) {
  const { createHandler } = await import(pathToFileURL(join(pkg, 'dist/edge.node.js')).href);
  const handler = createHandler({ bundle: pathToFileURL(`${bundle}/`), secret: 'a secret of at least thirty-two bytes', base: '/' });
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const answer = await handler(new Request(`http://edge${request.url}`, { method: request.method, headers: request.headers, body }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

async function atTheEdge(made, origin, start, vendor) {
  const sub = join(work, `remote-${vendor}`);
  execFileSync(process.execPath, [join(pkg, '../.bin/unstuck-mini'), vendor, '--remote', sub]);
  const edge = await serveEdge(made.bundle);
  const app = await start(sub, edge.url)();
  try {
    const offer = await getsStuck(app);
    assert.match(offer.text, /卡号/);
    await app.tapWidget('tapAccept');
    await app.tapWidget('send', {}, { value: '为什么收不到验证码' });
    await app.until('an answer', () => app.widget.messages.length > 2 && app.widget.messages[app.widget.messages.length - 1].from === 'bot');
    assert.notEqual(app.widget.panel.subtitle, '在本机运行');
    await app.tapWidget('tapSent');
    assert.match(app.widget.words.sentWhy, /服务器/);
    const left = app.requests.filter(({ url }) => url.startsWith(edge.url));
    assert.equal(app.widget.sent.length, left.length, 'the user sees each request');
    assert.deepEqual([app.warnings, app.uncaught], [[], []]);
    return `${left.length} requests`;
  } finally {
    await app.kill();
    edge.close();
  }
}
