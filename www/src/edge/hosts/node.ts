// Node, Deno and Bun: the Wasm and the bundle's folder are files. All of them have SIMD.

import { readFile } from 'node:fs/promises';
// @ts-ignore: made by the core's build, beside this file.
import * as glue from './core_bg.js';
import type { Glue } from '../../worker/glue.ts';
import { once, Wasm } from '../engine.ts';
import { handlerFor } from '../handler.ts';

export { memoryStore } from '../store.ts';

const load = once(async (module: WebAssembly.Module | undefined) => {
  const compiled = module ?? (await WebAssembly.compile(await readFile(new URL('./core.simd.wasm', import.meta.url))));
  return new Wasm(glue as Glue, compiled);
});

export const createHandler = handlerFor({ wasm: load, readFile: (url) => readFile(url) });
