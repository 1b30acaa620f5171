// The core's glue (wasm-bindgen, `--target bundler`), as whoever starts an instance of the Wasm sees it.

import type { Config, Input, Output } from '../contracts/index.ts';

/** What lies in the instance's memory. */
export interface Held {
  free(): void;
  /** Forgets the memory without freeing it: of wasm-bindgen's own. */
  __destroy_into_raw?(): number;
}

/** One of several inputs was not taken. */
export interface Refused {
  kind: string;
  place: string;
  refused: string;
}

export interface HeldCore extends Held {
  push(input: Input): Output;
  /** One after the other, for the price of one call. */
  pushAll(inputs: readonly Input[]): (Output | Refused)[];
  save(): string;
}

export interface HeldBundle extends Held {
  start(config: Config): HeldCore;
  restore(config: Config, snapshot: string): HeldCore;
}

export interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  Loaded: new (playbook: string, behaviour: Uint8Array, intents: Uint8Array) => HeldBundle;
}

/** From here on the glue works on this instance, and on no other. */
export function tie(glue: Glue, exports: WebAssembly.Exports): void {
  glue.__wbg_set_wasm(exports);
  const start = exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}
