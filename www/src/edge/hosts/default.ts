// Any other host of web-standard requests: the Wasm is given as `wasm`, or fetched from beside this file.

// @ts-ignore: made by the core's build, beside this file.
import * as glue from './core_bg.js';
import type { Glue } from '../../worker/glue.ts';
import { once, Wasm } from '../engine.ts';
import { handlerFor } from '../handler.ts';

import { memoryStore } from '../store.ts';

const load = once(async (module: WebAssembly.Module | undefined) => new Wasm(glue as Glue, module ?? (await compile())));

async function compile(): Promise<WebAssembly.Module> {
  const url = new URL('./core.wasm', import.meta.url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: give the compiled module as createHandler({ wasm })`);
  return WebAssembly.compile(await response.arrayBuffer());
}

export const createHandler = handlerFor({ wasm: load });
export { memoryStore };

// The types are written by hand; they are those of this file, and of the other hosts' as well.
({ createHandler, memoryStore }) satisfies typeof import('../../../../pkg/types/edge.d.ts');
