// Vercel Edge: as on workerd, by another name of the file.

// @ts-ignore: made by the core's build, beside this file.
import * as glue from './core_bg.js';
// @ts-ignore: as above; `?module` gives a `WebAssembly.Module`.
import module from './core.wasm?module';
import type { Glue } from '../../worker/glue.ts';
import { Wasm } from '../engine.ts';
import { handlerFor } from '../handler.ts';

export { memoryStore } from '../store.ts';

const wasm = new Wasm(glue as Glue, module as WebAssembly.Module);

export const createHandler = handlerFor({ wasm: async () => wasm });
