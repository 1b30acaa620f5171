// The worker: one engine, called one call at a time.

import { startEngine, type Core } from './engine.ts';
import { answered, UP, type Call, type Request } from './protocol.ts';

let core: Core | undefined;

async function answer(call: Call): Promise<unknown> {
  if (call.call === 'start') {
    const { core: begun, ...answer } = await startEngine(call.request);
    core = begun;
    return answer;
  }
  if (!core) throw new Error('the engine was called before it was started');
  return call.call === 'push' ? core.push(call.input) : core.save();
}

// Chained, so that an input that comes while the engine starts waits for it.
let last: Promise<unknown> = Promise.resolve();
self.addEventListener('message', ({ data: { calls } }: MessageEvent<Request>) => {
  last = last.then(async () => self.postMessage(await answered(calls, answer)));
});
self.postMessage(UP);
