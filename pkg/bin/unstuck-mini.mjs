#!/usr/bin/env node
// Writes what a mini-program's subpackage needs: the engine, the core, and a bundle made by `unstuck build --compact`.
//
//   npx unstuck-mini wechat|douyin|alipay BUNDLE SUBPACKAGE
//   npx unstuck-mini wechat|douyin|alipay --remote SUBPACKAGE      the session alone, for an engine at the edge

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
  const into = new Package(to);
  const put = (name, content) => into.put(name, content);
  if (bundle === '--remote') {
    await put('engine.js', await readFile(join(dist, `mini/${vendor === 'alipay' ? 'engine-alipay' : 'engine'}.js`)));
    return into.close(vendor);
  }
  const missing = [];
  for (const name of ['manifest.json', ...FILES]) await access(join(bundle, name)).catch(() => missing.push(name));
  if (missing.length > 0) throw new Error(`${bundle} has no ${missing.join(', ')}: make it with "unstuck build PLAYBOOK --compact --out ${bundle}"`);
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
  await into.close(vendor);
}

/** A subpackage, and how much of its limit it takes. */
class Package {
  #sizes = {};

  constructor(folder) {
    this.folder = folder;
  }

  async put(name, content) {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    this.#sizes[name] = (await stat(path)).size;
  }

  async close(vendor) {
    // A subpackage must have a page.
    await this.put('about.js', 'Page({});\n');
    await this.put('about.json', '{}\n');
    await this.put(`about.${{ wechat: 'wxml', douyin: 'ttml', alipay: 'axml' }[vendor]}`, '<view />\n');
    const sizes = Object.entries(this.#sizes);
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    console.log(this.folder);
    for (const [name, size] of sizes) console.log(`${String(size).padStart(9)}  ${name}`);
    console.log(`${String(total).padStart(9)}  of ${PACKAGE_BYTES} bytes that one package may have`);
    if (total <= PACKAGE_BYTES) return;
    const apart = vendor === 'alipay' ? 'move bundle.js to another subpackage and name it in `models`, or ' : '';
    console.error(`unstuck-mini: ${this.folder} is too much for one package: ${apart}serve the bundle over https and give its URL as \`bundle\``);
    process.exitCode = 2;
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`unstuck-mini: ${error.message}`);
  process.exitCode = 1;
});
