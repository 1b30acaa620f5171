/**
 * The engine alone, for hosts that load files in their own way: no fetch, no page, no worker.
 *
 * ```ts
 * import { load } from 'unstuck/slim';
 *
 * const bundle = await load(module, { playbook, behaviour, intents });
 * const core = bundle.start({ session: 'a1' });
 * const { actions, wake_at } = core.push({ input: 'say', t: Date.now(), text: 'no code' });
 * ```
 */

import type { Config, Input, Output } from '../dist/contracts.d.ts';

export type { Config, Input, Output };

/**
 * Loads a bundle, once for all its sessions. `module` is `unstuck/core.wasm` or `unstuck/core.simd.wasm`,
 * compiled or as bytes; all bundles share the instance of the first call. Where that trapped, its
 * bundles and sessions throw, and the next call begins a new one. Throws a sentence where something
 * does not fit.
 */
export function load(module: WebAssembly.Module | BufferSource, bundle: BundleFiles): Promise<Loaded>;

export interface BundleFiles {
  /** The text of `playbook.json`. */
  playbook: string;
  /** `behaviour.onnx`. */
  behaviour: Uint8Array;
  /** `intents.onnx`. */
  intents: Uint8Array;
}

export interface Loaded {
  /** A new session. */
  start(config: Config): Core;
  /** A session that goes on from what `save` gave; throws where that does not fit. */
  restore(config: Config, snapshot: string): Core;
  /** Gives the memory back; its sessions go on. */
  free(): void;
}

export interface Core {
  /** One input in, what to do out. After a throw the session is as it was before. */
  push(input: Input): Output;
  /** The session's state, to go on from later. */
  save(): string;
  /** Gives the memory back. */
  free(): void;
}
