// The way to the engine: a worker where there can be one, else the page itself in its idle time.

import type { Input, Output } from '../contracts/index.ts';
import type { Core, StartRequest } from '../worker/engine.ts';
import { failureOf, type Answers, type Call, type Failure, type Reply, type StartAnswer, UP } from '../worker/protocol.ts';
import { whenIdle } from './idle.ts';
import type { RemoteWay } from './remote.ts';

export interface EngineLink {
  push(input: Input): Promise<Output>;
  save(): Promise<string>;
  stop(): void;
}

/** An error of the engine, from either side of the worker's boundary. */
export class EngineError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Whether this says that the bundle is switched off, from either side of the worker's boundary. */
export function isSwitchedOff(error: unknown): boolean {
  const failure = error instanceof EngineError ? error.failure : failureOf(error);
  return failure.kind === 'off';
}

/** Starts the engine. Where a worker cannot run, the page runs it; where neither can, it rejects. */
export async function startLink(
  { remote, ...request }: StartRequest & { remote?: Omit<RemoteWay, 'fail'> | undefined },
  get: typeof fetch,
): Promise<{ link: EngineLink; answer: StartAnswer }> {
  if (remote) return (await loadRemote()).startRemote(request, { ...remote, fail: (failure) => new EngineError(failure) }, get);
  const worker = openWorker();
  if (worker) {
    const link = new WorkerLink(worker);
    const answer = link.call({ call: 'start', request });
    if (await comesUp(worker)) return { link, answer: await answer };
    link.stop();
  }
  const { startEngine } = await loadEngine();
  const { core, restored, notRestored } = await startEngine(request, get);
  return { link: new PageLink(core), answer: { restored, notRestored } };
}

async function loadRemote(): Promise<typeof import('./remote.ts')> {
  // @ts-ignore: a file of its own, beside this one.
  return import('./remote.js');
}

async function loadEngine(): Promise<typeof import('../worker/engine.ts')> {
  // @ts-ignore: a file of its own, beside this one.
  return import('./engine.js');
}

/** How long a worker may take to come up before the page runs the engine itself, in ms. */
const WORKER_START = 5_000;

/** A worker, or nothing: too old a browser, or a policy that forbids it. */
function openWorker(): Worker | undefined {
  if (typeof Worker !== 'function') return undefined;
  const url = new URL('./worker.js', import.meta.url);
  try {
    const source = url.origin === location.origin ? url : importing(url);
    return new Worker(source, { type: 'module', name: 'unstuck' });
  } catch {
    return undefined;
  }
}

/** A script of this origin that imports one of another: the only way to a worker from a CDN. */
function importing({ href }: URL): string {
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(href)}`], { type: 'text/javascript' }));
}

/** Whether the worker's script runs; one that cannot be loaded tells so by an error, or not at all. */
function comesUp(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), WORKER_START);
    const settle = (up: boolean) => {
      clearTimeout(timer);
      resolve(up);
    };
    worker.addEventListener('error', () => settle(false), { once: true });
    worker.addEventListener('message', () => settle(true), { once: true });
  });
}

class WorkerLink implements EngineLink {
  #next = 1;
  #open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

  constructor(private readonly worker: Worker) {
    worker.addEventListener('message', ({ data }: MessageEvent<Reply | typeof UP>) => {
      if (data === UP) return;
      const waiting = this.#open.get(data.id);
      this.#open.delete(data.id);
      if ('failure' in data) waiting?.reject(new EngineError(data.failure));
      else waiting?.resolve(data.value);
    });
  }

  call<C extends Call>(call: C): Promise<Answers[C['call']]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.worker.postMessage({ ...call, id });
    });
  }

  push(input: Input): Promise<Output> {
    return this.call({ call: 'push', input });
  }

  save(): Promise<string> {
    return this.call({ call: 'save' });
  }

  stop(): void {
    this.worker.terminate();
    this.#open.clear();
  }
}

/** The engine on the page's own thread, one input an idle moment. */
class PageLink implements EngineLink {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly core: Core) {}

  #inTurn<T>(run: () => T): Promise<T> {
    const turn = this.#last.then(() => whenIdle()).then(() => {
      try {
        return run();
      } catch (error) {
        throw new EngineError(failureOf(error));
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  push(input: Input): Promise<Output> {
    return this.#inTurn(() => this.core.push(input));
  }

  save(): Promise<string> {
    return this.#inTurn(() => this.core.save());
  }

  stop(): void {
    this.#last = new Promise(() => undefined);
  }
}
