#!/usr/bin/env node
// Writes what a mini-program's subpackage needs: the engine, the core, and a bundle made by `unstuck build --compact`.
//
//   npx unstuck-mini wechat|douyin|alipay BUNDLE SUBPACKAGE

import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

/** What each platform allows in one package: 2 MB as the vendors count, 2 · 1024 · 1024. */
const PACKAGE_BYTES = 2 * 1024 * 1024;
const VENDORS = ['wechat', 'douyin', 'alipay'];
const FILES = ['playbook.json', 'behaviour.onnx', 'intents.onnx'];

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const compress = promisify(brotliCompress);

async function brotli(path) {
  const bytes = await readFile(path);
  return compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: Number(process.env.UNSTUCK_BROTLI ?? 11),
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Alipay reads no binary file of the package on all phones, but it runs all scripts. */
async function asScript(bundle) {
  const files = { 'manifest.json': await readFile(join(bundle, 'manifest.json'), 'base64') };
  for (const name of FILES) files[name] = await readFile(join(bundle, name), 'base64');
  return `module.exports=${JSON.stringify(files)};\n`;
}

async function main([vendor, bundle, to]) {
  if (!VENDORS.includes(vendor) || !bundle || !to) {
    throw new Error(`say for which vendor, from which bundle, into which subpackage: npx unstuck-mini ${VENDORS.join('|')} bundle/ miniprogram/unstuck-engine`);
  }
  const missing = [];
  for (const name of ['manifest.json', ...FILES]) await access(join(bundle, name)).catch(() => missing.push(name));
  if (missing.length > 0) throw new Error(`${bundle} has no ${missing.join(', ')}: make it with "unstuck build PLAYBOOK --compact --out ${bundle}"`);
  const sizes = {};
  const put = async (name, content) => {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await writeFile(join(to, name), content);
    sizes[name] = (await stat(join(to, name))).size;
  };
  await put('core.wasm.br', await brotli(join(dist, 'core.wasm')));
  if (vendor === 'alipay') {
    await put('engine.js', await readFile(join(dist, 'mini/engine-alipay.js')));
    await put('worker.js', await readFile(join(dist, 'mini/worker.js')));
    await put('bundle.js', await asScript(bundle));
  } else {
    await put('engine.js', await readFile(join(dist, 'mini/engine.js')));
    await put('bundle/manifest.json', await readFile(join(bundle, 'manifest.json')));
    for (const name of FILES) await put(`bundle/${name}.br`, await brotli(join(bundle, name)));
  }
  // A subpackage must have a page.
  await put('about.js', 'Page({});\n');
  await put('about.json', '{}\n');
  await put(vendor === 'alipay' ? 'about.axml' : vendor === 'douyin' ? 'about.ttml' : 'about.wxml', '<view />\n');
  report(sizes);
}

function report(sizes) {
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  for (const [name, size] of Object.entries(sizes)) console.log(`${String(size).padStart(9)}  ${name}`);
  console.log(`${String(total).padStart(9)}  of ${PACKAGE_BYTES} bytes that one package may have`);
  if (total > PACKAGE_BYTES) {
    console.error('unstuck-mini: this is too much for one package: serve the bundle over https and give its URL as `bundle`, or put parts into a package of their own');
    process.exitCode = 2;
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`unstuck-mini: ${error.message}`);
  process.exitCode = 1;
});
