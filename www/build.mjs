// Builds the package (../pkg/dist), and the pages (dist/): the demo, the desk, the preview of a playbook.

import { build, transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';

import { miniPrograms } from './mini.mjs';

/** What the sensor may weigh, gzipped: it is the only part that every page loads at once. */
const SENSOR_BYTES = 6_000;

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../pkg/dist');
/** The widget's style sheets come as minified text, for its shadow root. */
const sheets = {
  name: 'sheets',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]widget[\\/]styles[\\/][^\\/]+\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: common.target });
      return { contents: code, loader: 'text' };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  sourcemap: true,
  // The oldest that the package supports; tsconfig.floor.json holds the library of the language to them.
  target: ['chrome91', 'firefox90', 'safari15'],
  plugins: [sheets],
  legalComments: 'none',
  logLevel: 'warning',
};

const entry = (name) => join(here, 'src', name);

async function library() {
  const esm = (from, to, more = {}) =>
    build({
      ...common,
      entryPoints: [entry(from)],
      outfile: join(dist, to),
      format: 'esm',
      // Loaded from beside this file.
      external: ['./widget.js', './engine.js', './remote.js', './core_bg.js'],
      ...more,
    });
  await Promise.all([
    esm('index.ts', 'unstuck.js'),
    esm('widget/index.ts', 'widget.js'),
    esm('worker/engine.ts', 'engine.js'),
    esm('worker/slim.ts', 'slim.js'),
    esm('server.ts', 'server.js'),
    esm('server.ts', 'server.cjs', { format: 'cjs' }),
    worker(join(dist, 'core_bg.js'), join(dist, 'worker.js')),
    esm('session/remote.ts', 'remote.js'),
    ...['default', 'node', 'workerd', 'edge-light'].map((host) => edge(entry(`edge/hosts/${host}.ts`), host)),
    cp(entry('contracts/index.ts'), join(dist, 'contracts.d.ts')),
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

/**
 * One classic script with the core's glue in it: it runs where there are no module workers, and a
 * bundler can move it as it is.
 */
async function worker(glue, to) {
  if (!existsSync(glue)) return console.log(`no ${glue}: worker.js waits for \`cargo xtask build\`, and pages run without the engine`);
  const inside = { name: 'glue', setup: ({ onResolve }) => onResolve({ filter: /\/core_bg\.js$/ }, () => ({ path: glue })) };
  await build({ ...common, entryPoints: [entry('worker/main.ts')], outfile: to, format: 'iife', plugins: [inside] });
}

/** What each file must hash to, for `integrity`. */
async function integrity() {
  const names = (await readdir(dist)).filter((name) => /\.(js|wasm)$/.test(name)).sort();
  const hash = async (name) => `sha384-${createHash('sha384').update(await readFile(join(dist, name))).digest('base64')}`;
  const hashes = await Promise.all(names.map(async (name) => [name, await hash(name)]));
  await writeFile(join(dist, 'integrity.json'), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
}

/** The edge's handler for one host; what lies beside it is found by the host's own ways. */
function edge(from, host) {
  return build({
    ...common,
    entryPoints: [from],
    outfile: join(dist, host === 'default' ? 'edge.js' : `edge.${host}.js`),
    format: 'esm',
    external: ['./core_bg.js', './core.simd.wasm', './core.wasm?module', 'node:*'],
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
  // With a core that answers by script.
  await worker(join(from, 'page/core_bg.js'), join(here, '.tests/pkg/worker.js'));
  await build({
    ...common,
    minify: false,
    entryPoints: names.filter((name) => name.endsWith('.ts')).map((name) => join(from, name)),
    outdir: join(here, '.tests'),
    format: 'esm',
    target: 'node20',
    platform: 'node',
    packages: 'external',
  });
}

await Promise.all([library(), miniPrograms(), page('demo', ['main.ts', 'help.ts', 'tokens.css', 'wallet.css', 'stage/main.ts', 'stage/stage.css']), page('desk'), page('preview', ['main.ts', 'frame.ts', 'preview.css']), process.argv.includes('--tests') && tests()]);
await Promise.all([sensorFits(), integrity()]);
