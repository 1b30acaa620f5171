// Builds the mini-programs' packages: a folder a vendor in ../pkg, and what goes into a subpackage in ../pkg/dist/mini.

import { transform as es5 } from '@swc/wasm';
import { build, transform } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const pkg = join(here, '../pkg');
const mini = join(here, 'src/mini');

/** One markup and one sheet, in each vendor's spelling. */
const VENDORS = {
  wechat: { to: 'miniprogram_dist', markup: 'wxml', sheet: 'wxss', spelt: (wxml) => wxml },
  douyin: { to: 'douyin_dist', markup: 'ttml', sheet: 'ttss', spelt: (wxml) => wxml.replace(/\bwx:/g, 'tt:') },
  alipay: {
    to: 'es',
    markup: 'axml',
    sheet: 'acss',
    spelt: (wxml) => wxml.replace(/\bwx:/g, 'a:').replace(/\b(bind|catch)(\w)(\w*)=/g, (_, how, first, rest) => `${how === 'bind' ? 'on' : 'catch'}${first.toUpperCase()}${rest.replace('touchmove', 'touchMove').replace('ouchmove', 'ouchMove')}=`),
  },
};

/**
 * Private members become plain ones with a short name: what esbuild makes of them for ES2018 is a
 * WeakMap each, which costs a third in size, and time where there is no JIT.
 */
const plainPrivates = {
  name: 'plain-privates',
  setup({ onLoad }) {
    onLoad({ filter: /www[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replace(/(^|[\s.(!?])#([a-z]\w*)(?=\s*[;:=(<?!.,)[\]\s+-])/gm, '$1_$2_'), loader: 'ts' };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  target: 'es2018',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  logOverride: { 'empty-import-meta': 'silent' },
  inject: [join(mini, 'shims.ts')],
  define: { globalThis: 'hostGlobal' },
  mangleProps: /^_[a-z]\w*_$/,
  plugins: [plainPrivates],
  // Loaded on demand in the browser, and never here.
  external: ['./engine.js', './core_bg.js'],
};

export async function miniPrograms() {
  const [markup, sheet] = await Promise.all([readFile(join(mini, 'widget/unstuck.wxml'), 'utf8'), styleSheet()]);
  const compact = markup.replace(/\n\s*/g, '');
  await Promise.all([
    ...Object.entries(VENDORS).map(async ([vendor, { to, ...kinds }]) => {
      const folder = join(pkg, to);
      await rm(folder, { recursive: true, force: true });
      await mkdir(join(folder, 'widget'), { recursive: true });
      await build({ ...common, entryPoints: [join(mini, `${vendor}.ts`)], outfile: join(folder, 'index.js'), format: 'cjs' });
      await Promise.all([
        // The package itself is of modules, and these platforms have none.
        writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n'),
        writeFile(join(folder, 'widget/index.js'), "Component(require('../index.js').widget);\n"),
        writeFile(join(folder, 'widget/index.json'), '{ "component": true }\n'),
        writeFile(join(folder, `widget/index.${kinds.markup}`), kinds.spelt(compact)),
        writeFile(join(folder, `widget/index.${kinds.sheet}`), sheet),
      ]);
    }),
    engine(),
    worker(),
  ]);
}

/** Each start makes the core's glue anew: after a trap, the old one keeps a memory that is gone. */
async function engine() {
  const part = async (name, more) => {
    const { outputFiles } = await build({ ...common, ...more, entryPoints: [join(mini, name)], write: false });
    return outputFiles[0].text;
  };
  const [core, live, withWorker] = await Promise.all([
    part('engine.ts', { format: 'iife', globalName: 'engine' }),
    part('logic-thread.ts', { format: 'cjs' }),
    part('worker-thread.ts', { format: 'cjs' }),
  ]);
  await write('engine.js', `var newEngine=function(){${core}return engine};\n${live}`);
  await write('engine-alipay.js', withWorker);
}

/** Alipay's Worker wants ES5. */
async function worker() {
  const { outputFiles } = await build({ ...common, entryPoints: [join(mini, 'alipay-worker.ts')], format: 'iife', write: false });
  const { code } = await es5(outputFiles[0].text, {
    isModule: false,
    minify: true,
    jsc: { target: 'es5', parser: { syntax: 'ecmascript' }, minify: { compress: true, mangle: true } },
  });
  await write('worker.js', code);
}

async function write(name, text) {
  await mkdir(join(pkg, 'dist/mini'), { recursive: true });
  await writeFile(join(pkg, 'dist/mini', name), text);
}

/** The tokens and the icons are the browser's. */
async function styleSheet() {
  const [base, own, icons] = await Promise.all([
    readFile(join(here, 'src/widget/styles/base.css'), 'utf8'),
    readFile(join(mini, 'widget/unstuck.css'), 'utf8'),
    iconRules(),
  ]);
  const tokens = (selector) => {
    const from = base.indexOf(selector);
    return base.slice(from, base.indexOf('}', from)).match(/--[\w-]+:[^;]+;/g).join('');
  };
  const css = `.unstuck{${tokens('.root {')}}.unstuck.dark{${tokens('.root[data-theme="dark"] {')}}${own}${icons}`;
  // rgb(… / …%) is unknown to the WebViews of old phones. Masks need their prefix, and only that.
  return (await transform(css, { loader: 'css', minify: true, target: ['ios12', 'chrome70'] })).code;
}

async function iconRules() {
  const { outputFiles } = await build({ entryPoints: [join(here, 'src/widget/icons.ts')], format: 'esm', write: false });
  const { ICONS } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const used = { ring: 'ring', close: 'close', send: 'send-icon', person: 'person', shield: 'shield', letters: 'letters', back: 'back' };
  return Object.entries(used).map(([name, className]) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path d="${ICONS[name]}" fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
    const url = `url("data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}")`;
    return `.${className}{-webkit-mask-image:${url}}`;
  }).join('');
}
