// The way to the engine: a worker where there can be one, else the page itself in its idle time.

import type { Input, Output } from '../contracts/index.ts';
import type { EngineRequest } from '../platform/index.ts';
import type { Core, StartRequest } from '../worker/engine.ts';
import { failureOf, type Answers, type Call, type Failure, type Reply, type Request, type StartAnswer, UP } from '../worker/protocol.ts';
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

/** What the link adds to a request: where the package's own files are. */
export type LinkRequest = EngineRequest & {
  /** The folder of the package's files, where it is not the one of this script. */
  assets?: string | undefined;
  /** What the files must hash to, by name. */
  integrity?: Record<string, string> | undefined;
  /** The engine runs at the edge instead. */
  remote?: Omit<RemoteWay, 'fail'> | undefined;
};

/** Starts the engine. Where a worker cannot run, the page runs it; where neither can, it rejects. */
export async function startLink(
  { assets, integrity, remote, ...rest }: LinkRequest,
  get: typeof fetch,
): Promise<{ link: EngineLink; answer: StartAnswer }> {
  if (remote) return (await loadRemote()).startRemote(rest, { ...remote, fail: (failure) => new EngineError(failure) }, get);
  const files = filesOf(assets);
  const hashes = { [files.baseline]: integrity?.['core.wasm'] ?? '', [files.simd]: integrity?.['core.simd.wasm'] ?? '' };
  const request: StartRequest = { ...rest, core: { baseline: files.baseline, simd: files.simd }, integrity: hashes };
  const worker = await openWorker(files.worker, integrity?.['worker.js'], get);
  if (worker) {
    const link = new WorkerLink(worker);
    const answer = link.call({ call: 'start', request });
    answer.catch(() => link.stop());
    if (await comesUp(worker)) return { link, answer: await answer };
    link.stop();
  }
  const { startEngine } = await loadEngine();
  const { core, ...answer } = await startEngine(request, get);
  return { link: new PageLink(core), answer };
}

/** The files that are fetched and not imported. Written out, for bundlers to see and to move along. */
function filesOf(assets: string | undefined): { worker: string; baseline: string; simd: string } {
  if (assets) return { worker: `${assets}worker.js`, baseline: `${assets}core.wasm`, simd: `${assets}core.simd.wasm` };
  try {
    return {
      worker: new URL('./worker.js', import.meta.url).href,
      baseline: new URL('./core.wasm', import.meta.url).href,
      simd: new URL('./core.simd.wasm', import.meta.url).href,
    };
  } catch {
    throw new Error("it is not known where the package's files are: serve its dist/ folder and give the URL as `assets` to init");
  }
}

async function loadRemote(): Promise<typeof import('./remote.ts')> {
  // @ts-ignore: a file of its own, beside this one.
  return import('./remote.js');
}

async function loadEngine(): Promise<typeof import('../worker/engine.ts')> {
  try {
    // @ts-ignore: a file of its own, beside this one.
    return await import('./engine.js');
  } catch (error) {
    throw new Error(`neither worker.js nor engine.js can be loaded (${String(error)}): serve the package's whole dist/ folder, scripts as text/javascript`);
  }
}

/** How long a worker may take to come up before the page runs the engine itself, in ms. */
const WORKER_START = 5_000;

/** A worker, or nothing: too old a browser, or a policy that forbids it. */
async function openWorker(url: string, integrity: string | undefined, get: typeof fetch): Promise<Worker | undefined> {
  if (typeof Worker !== 'function') return undefined;
  try {
    const own = new URL(url).origin === location.origin;
    return new Worker(own ? url : await copied(url, integrity, get), { name: 'unstuck' });
  } catch {
    return undefined;
  }
}

/** A worker must be of the page's origin: a script from elsewhere, a CDN, is started from a copy. */
async function copied(url: string, integrity: string | undefined, get: typeof fetch): Promise<string> {
  const response = await get(url, integrity ? { integrity } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
}

/** Whether the worker's script runs; one that cannot be loaded tells so by an error, or not at all. */
function comesUp(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), WORKER_START);
    const settle = (up: boolean) => {
      clearTimeout(timer);
      resolve(up);
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault(); // The page takes over: that is no error of the page's.
      settle(false);
    });
    worker.addEventListener('message', () => settle(true), { once: true });
  });
}

/** Events wait for an idle moment at most so long, in ms: an offer comes no later for it that anybody could see. */
const GATHER_MS = 200;

/**
 * The engine in its worker. Events wait for an idle moment of the page and go together: a message is what costs
 * the page most, and the app's answer to a tap should not wait for it.
 */
export class WorkerLink implements EngineLink {
  #next = 1;
  #open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #calls: Request['calls'] = [];
  #idle: Promise<void> | undefined;

  constructor(private readonly worker: Worker) {
    worker.addEventListener('message', ({ data }: MessageEvent<Reply | typeof UP>) => {
      if (data === UP) return;
      for (const reply of data.replies) {
        const waiting = this.#open.get(reply.id);
        this.#open.delete(reply.id);
        if ('failure' in reply) waiting?.reject(new EngineError(reply.failure));
        else waiting?.resolve(reply.value);
      }
    });
  }

  call<C extends Call>(call: C): Promise<Answers[C['call']]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#calls.push({ ...call, id });
      if (call.call === 'push' && call.input.input === 'event') this.#idle ??= whenIdle(GATHER_MS).then(() => this.#post());
      else this.#post();
    });
  }

  #post(): void {
    this.#idle = undefined;
    const calls = this.#calls.splice(0);
    if (calls.length > 0) this.worker.postMessage({ calls } satisfies Request);
  }

  push(input: Input): Promise<Output> {
    return this.call({ call: 'push', input });
  }

  save(): Promise<string> {
    return this.call({ call: 'save' });
  }

  stop(): void {
    this.#calls = [];
    this.worker.terminate();
    this.#open.clear();
  }
}

/** The engine on the page's own thread, one input an idle moment. */
export class PageLink implements EngineLink {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly core: Pick<Core, 'push' | 'save'>) {}

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
