// Builds the package (../pkg/dist), and the pages (dist/): the demo, the desk, the preview of a playbook.

import { build, transform } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';

/** What the sensor may weigh, gzipped: it is the only part that every page loads at once. */
const SENSOR_BYTES = 6_000;

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../pkg/dist');
/** The widget's style sheets come as minified text, for its shadow root. */
const sheets = {
  name: 'sheets',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]widget[\\/]styles[\\/][^\\/]+\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code, loader: 'text' };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  sourcemap: true,
  target: 'es2022',
  plugins: [sheets],
  legalComments: 'none',
  logLevel: 'warning',
};

async function library() {
  const entry = (name) => join(here, 'src', name);
  const esm = (from, to) =>
    build({
      ...common,
      entryPoints: [entry(from)],
      outfile: join(dist, to),
      format: 'esm',
      // Loaded on demand, from beside this file.
      external: ['./widget.js', './engine.js', './remote.js', './core_bg.js'],
    });
  await Promise.all([
    esm('index.ts', 'unstuck.js'),
    esm('widget/index.ts', 'widget.js'),
    esm('worker/engine.ts', 'engine.js'),
    esm('worker/main.ts', 'worker.js'),
    esm('session/remote.ts', 'remote.js'),
    ...['default', 'node', 'workerd', 'edge-light'].map((host) => edge(entry(`edge/hosts/${host}.ts`), host)),
    sensor(entry('sensor/script.ts'), join(dist, 'sensor.js')),
    build({
      ...common,
      entryPoints: [entry('index.ts')],
      outfile: join(dist, 'unstuck.global.js'),
      format: 'iife',
      globalName: 'unstuck',
      external: ['./widget.js', './engine.js', './remote.js'],
      define: { 'import.meta.url': 'unstuckScriptUrl' },
      banner: { js: 'var unstuckScriptUrl=document.currentScript&&document.currentScript.src;' },
    }),
  ]);
}

/** The edge's handler for one host; what lies beside it is found by the host's own ways. */
function edge(from, host) {
  return build({
    ...common,
    entryPoints: [from],
    outfile: join(dist, host === 'default' ? 'edge.js' : `edge.${host}.js`),
    format: 'esm',
    external: ['./core_bg.js', './core.wasm', './core.wasm?module', 'node:*'],
  });
}

/** A page's folder: everything but its TypeScript is copied, and each entry becomes one script or one sheet. */
async function page(name, entries = ['main.ts']) {
  const from = join(here, name);
  if (!existsSync(join(from, 'main.ts'))) return;
  const to = join(here, 'dist', name);
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (path) => !/\.(ts|md)$/.test(path) });
  await build({ ...common, entryPoints: entries.map((entry) => join(from, entry)), outdir: to, outbase: from, format: 'esm', loader: {}, plugins: [embedded, sheets] });
}

/** Pages get the package from where it is served, as an integrator's page does. */
const embedded = {
  name: 'embedded',
  setup: ({ onResolve }) => onResolve({ filter: /^unstuck$/ }, () => ({ path: '/pkg/unstuck.js', external: true })),
};

/** Every page loads the sensor at once, so it is worth a second minifier: it saves 3 % more. */
async function sensor(from, to) {
  const { outputFiles } = await build({ ...common, entryPoints: [from], outfile: to, format: 'iife', write: false });
  const { text } = outputFiles.find(({ path }) => path === to);
  const map = outputFiles.find(({ path }) => path === `${to}.map`);
  const small = await minify(text, {
    ecma: 2020,
    compress: { passes: 3, keep_fargs: false },
    // No line in the script names the map: it would weigh 40 bytes a page.
    sourceMap: { content: map.text },
  });
  await mkdir(dirname(to), { recursive: true });
  await Promise.all([writeFile(to, small.code), writeFile(`${to}.map`, small.map)]);
}

async function sensorFits() {
  const bytes = gzipSync(await readFile(join(dist, 'sensor.js')), { level: 9 }).length;
  console.log(`sensor.js: ${bytes} bytes gzipped of ${SENSOR_BYTES}`);
  if (bytes > SENSOR_BYTES) throw new Error(`sensor.js is ${bytes - SENSOR_BYTES} bytes too heavy: take something out of src/sensor/`);
}

async function tests() {
  const from = join(here, 'tests');
  const names = await readdir(from);
  await rm(join(here, '.tests'), { recursive: true, force: true });
  await build({
    ...common,
    minify: false,
    entryPoints: names.filter((name) => name.endsWith('.ts')).map((name) => join(from, name)),
    outdir: join(here, '.tests'),
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
}

await Promise.all([library(), page('demo', ['main.ts', 'help.ts', 'tokens.css', 'wallet.css', 'stage/main.ts', 'stage/stage.css']), page('desk'), page('preview', ['main.ts', 'frame.ts', 'preview.css']), process.argv.includes('--tests') && tests()]);
await sensorFits();
