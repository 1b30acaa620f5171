// The engine in Alipay's Worker: the only place there that has Wasm. There is no `my` in it, so the
// logic thread reads the bundle and hands its files over as Base64.

import { answered, UP, type Call, type Reply, type Request } from '../worker/protocol.ts';
import { bytesOf } from './base64.ts';
import { start, type Core } from './engine.ts';
import { instantiate, type PathWasm } from './wasm.ts';

declare const worker: { onMessage(got: (message: unknown) => void): void; postMessage(message: object): void };
declare const MYWebAssembly: PathWasm | undefined;
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array } | undefined;

const MISSING = 'this Alipay has no MYWebAssembly in its Worker: it needs client 10.5.60 and base library 2.9.7, or turn on the remote mode';

/** Besides the calls that any engine gets: a file that was asked for, and the wish for random bytes. */
export type ToWorker = (Request & { wasm?: string }) | { file: number; base64: string; wrong: string } | { random: number };
export type FromWorker = Reply | { wants: number; url: string } | { random: number[] } | { [UP]: true };

const files = new Map<number, (file: { base64: string; wrong: string }) => void>();
let nextFile = 1;
let core: Core | undefined;
let last: Promise<unknown> = Promise.resolve();

const say = (message: FromWorker) => worker.postMessage(message);

function get(url: string): Promise<{ status: number; bytes: ArrayBuffer }> {
  return new Promise((resolve, reject) => {
    const wants = nextFile++;
    files.set(wants, ({ base64, wrong }) => (wrong ? reject(new Error(wrong)) : resolve({ status: 200, bytes: bytesOf(base64).buffer as ArrayBuffer })));
    say({ wants, url });
  });
}

async function answer(call: Call, wasm = ''): Promise<unknown> {
  if (call.call === 'start') {
    const api = typeof MYWebAssembly === 'undefined' ? undefined : MYWebAssembly;
    const { core: started, ...rest } = await start(call.request, { instantiate: (imports) => instantiate({ api, missing: MISSING }, wasm, imports), get });
    core = started;
    return rest;
  }
  if (!core) throw new Error('the engine was called before it was started');
  return call.call === 'push' ? core.push(call.input) : core.save();
}

worker.onMessage((message) => {
  const said = message as ToWorker;
  if ('file' in said) {
    files.get(said.file)?.(said);
    files.delete(said.file);
  } else if ('random' in said) {
    say({ random: typeof crypto === 'undefined' ? [] : Array.from(crypto.getRandomValues(new Uint8Array(said.random))) });
  } else {
    const { calls, wasm } = said;
    last = last.then(async () => say(await answered(calls, (call) => answer(call, wasm))));
  }
});
say({ [UP]: true });
