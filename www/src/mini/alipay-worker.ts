// The engine in Alipay's Worker: the only place there that has Wasm. There is no `my` in it, so the
// page's thread reads the bundle and hands its files over as Base64.

import { failureOf, UP, type Call, type Reply, type Request } from '../worker/protocol.ts';
import type { Core } from '../worker/engine.ts';
import { start } from './engine.ts';
import { instantiate, type PathWasm } from './wasm.ts';

declare const worker: { onMessage(got: (message: unknown) => void): void; postMessage(message: object): void };
declare const MYWebAssembly: PathWasm | undefined;
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array } | undefined;

const OLDER = 'this Alipay has no MYWebAssembly in its Worker: it needs client 10.5.60 and base library 2.9.7, or turn on the remote mode';

/** Besides the calls that any engine gets: a file that was asked for, and the wish for random bytes. */
export type ToWorker = (Request & { wasm?: string }) | { file: number; status: number; base64: string } | { random: number };
export type FromWorker = Reply | { wants: number; url: string } | { random: number[] };

const files = new Map<number, (file: { status: number; base64: string }) => void>();
let nextFile = 1;
let core: Core | undefined;
let last: Promise<unknown> = Promise.resolve();

const say = (message: FromWorker) => worker.postMessage(message);

function get(url: string) {
  return new Promise<object>((resolve) => {
    const wants = nextFile++;
    files.set(wants, ({ status, base64 }) => resolve({ ok: status >= 200 && status < 300, status, arrayBuffer: async () => bytesOf(base64).buffer }));
    say({ wants, url });
  });
}

async function answer(call: Call & { wasm?: string }): Promise<unknown> {
  if (call.call === 'start') {
    const api = typeof MYWebAssembly === 'undefined' ? undefined : MYWebAssembly;
    const started = await start(call.request, {
      instantiate: (imports) => instantiate({ api, missing: OLDER }, call.wasm ?? '', imports),
      get: get as unknown as typeof fetch,
    });
    core = started.core;
    return { restored: started.restored, notRestored: started.notRestored };
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
    const { id, ...call } = said;
    last = last.then(() => answer(call)).then(
      (value) => say({ id, value }),
      (error: unknown) => say({ id, failure: failureOf(error) }),
    );
  }
});
worker.postMessage({ [UP]: true });

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** There is no `atob` here. */
function bytesOf(base64: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[LETTERS.charCodeAt(i)] = i;
  const length = base64.replace(/=+$/, '').length;
  const bytes = new Uint8Array((length * 3) >> 2);
  let to = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < length; at++) {
    held = (held << 6) | values[base64.charCodeAt(at) & 127]!;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to++] = (held >> bits) & 0xff;
  }
  return bytes;
}
