// The function in Vercel's own runtime on this machine, without an account: what `vercel build` and the
// platform do, in small. Deployed, this file is not used.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { EdgeRuntime, runServer } from 'edge-runtime';
import { build } from 'esbuild';

const files = createServer((request, response) => response.end(readFileSync(`public${new URL(request.url, 'http://local').pathname}`)));
await new Promise((resolve) => files.listen(0, '127.0.0.1', resolve));

const compiled = {
  name: 'compiled',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, () => ({ path: 'core', namespace: 'compiled' }));
    onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({ contents: 'export default globalThis.core' }));
  },
};
const environment = { ...process.env, UNSTUCK_BUNDLE: `http://127.0.0.1:${files.address().port}/bundle/` };
const { outputFiles } = await build({
  stdin: { contents: "import handle from './api/unstuck/[route].js'; addEventListener('fetch', (event) => event.respondWith(handle(event.request)));", resolveDir: '.' },
  bundle: true,
  write: false,
  format: 'esm',
  conditions: ['edge-light'],
  plugins: [compiled],
  define: Object.fromEntries(['UNSTUCK_SECRET', 'UNSTUCK_BUNDLE', 'DESK', 'VERCEL_URL'].map((name) => [`process.env.${name}`, JSON.stringify(environment[name]) ?? 'undefined'])),
});
const core = await WebAssembly.compile(readFileSync('node_modules/unstuck/dist/core.wasm'));
const runtime = new EdgeRuntime({ initialCode: outputFiles[0].text, extend: (context) => Object.assign(context, { core }) });
const { url } = await runServer({ runtime, host: '127.0.0.1', port: 8787 });
console.log(`${url}api/unstuck/health`);
