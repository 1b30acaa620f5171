// Serves the built package, the test page and a stand-in desk on a free port of this machine.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const WWW = process.cwd();
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};
/** The smallest module there is. */
const EMPTY_WASM = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const BUNDLE: Record<string, Buffer> = {
  'playbook.json': Buffer.from('{}'),
  'behaviour.onnx': Buffer.from('behaviour'),
  'intents.onnx': Buffer.from('intents'),
};

/** As strict as the package's documentation asks for. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'";

/** What a test may put in the place of an answer. */
export type Override = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface TestServer {
  url: string;
  server: Server;
  /** The policy that pages get. */
  csp: string;
  /** Asked first; `true` means that it has answered. */
  override: Override;
  close(): Promise<void>;
}

export async function serve(port = 0): Promise<TestServer> {
  const server = createServer((request, response) => void answer(request, response));
  const self: TestServer = { url: '', server, csp: POLICY, override: () => false, close };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await self.override(request, response)) return;
    const path = new URL(request.url ?? '/', 'http://test').pathname;
    try {
      const body = await bodyOf(path);
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': self.csp,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return self;
}

async function bodyOf(path: string): Promise<Buffer> {
  if (path === '/pkg/core_bg.js') return readFile(join(WWW, 'tests/page/core_bg.js'));
  if (path === '/pkg/worker.js') return readFile(join(WWW, '.tests', path));
  if (path === '/pkg/core.wasm' || path === '/pkg/core.simd.wasm') return EMPTY_WASM;
  if (path.startsWith('/pkg/')) return readFile(join(WWW, '../pkg/dist', path.slice(5)));
  if (path === '/bundle/manifest.json') return Buffer.from(JSON.stringify(manifest()));
  const file = BUNDLE[path.slice('/bundle/'.length)];
  if (path.startsWith('/bundle/') && file) return file;
  if (path.startsWith('/page/')) return readFile(join(WWW, 'tests', path));
  throw new Error('no such file');
}

/** The manifest of the bundle that the server has. */
export function manifest() {
  return manifestOf(BUNDLE, '0123456789ab');
}

/** The manifest of these files. */
export function manifestOf(bundle: Record<string, Buffer>, name: string) {
  const files = Object.entries(bundle).map(([file, bytes]) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return [file, { sha256, bytes: bytes.length }];
  });
  return {
    version: 1, bundle: name, playbook: 'test', made_by: 'the tests',
    files: Object.fromEntries(files), rollout: { percent: 100 } as { percent: number; previous?: string }, enabled: true,
  };
}
