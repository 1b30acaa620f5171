// Cloudflare Workers: Wasm comes compiled, with the upload; nothing can be compiled from bytes.

// @ts-ignore: made by the core's build, beside this file.
import * as glue from './core_bg.js';
// @ts-ignore: as above; workerd gives a `WebAssembly.Module`.
import module from './core.simd.wasm';
import type { Glue } from '../../worker/glue.ts';
import { Wasm } from '../engine.ts';
import { handlerFor } from '../handler.ts';

export { memoryStore } from '../store.ts';

const wasm = new Wasm(glue as Glue, module as WebAssembly.Module);

export const createHandler = handlerFor({ wasm: async () => wasm });
