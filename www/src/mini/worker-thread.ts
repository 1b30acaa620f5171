// Alipay: the engine in the Worker, and the bundle handed to it from here.

import { WorkerLink } from '../session/link.ts';
import { UP } from '../worker/protocol.ts';
import type { FromWorker, ToWorker } from './alipay-worker.ts';
import { base64Of } from './base64.ts';
import { reader, type Get } from './bundle.ts';
import { openLive, type LiveHost } from './live.ts';
import type { MiniSettings } from './options.ts';
import { method } from './vendor.ts';

/** How long the Worker may take to say that it runs, in ms. */
const UP_WITHIN = 8_000;

interface MyWorker {
  onMessage(then: (message: FromWorker) => void): void;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

/** What comes from the Worker goes to all who listen: the platform has room for one. */
class Line {
  readonly #listeners = new Set<(message: FromWorker) => void>();

  constructor(readonly worker: MyWorker) {
    worker.onMessage((message) => {
      for (const listener of [...this.#listeners]) listener(message);
    });
  }

  on(listener: (message: FromWorker) => void): void {
    this.#listeners.add(listener);
  }
}

export const open = openLive((host) => async (request) => {
  const line = await (fresh ?? ready(host));
  fresh = undefined;
  const link = new WorkerLink(asWebWorker(line, host.settings.wasm));
  try {
    const answer = await link.call({ call: 'start', request: request as never });
    return { link, answer };
  } catch (error) {
    link.stop();
    throw error;
  }
}, randomOf);

let running: MyWorker | undefined;
/** Up, and not yet used by an engine. */
let fresh: Promise<Line> | undefined;

/** Only the Worker has a source of randomness. */
async function randomOf(host: LiveHost, count: number): Promise<Uint8Array | undefined> {
  fresh = ready(host);
  const line = await fresh;
  return new Promise((resolve) => {
    line.on((message) => 'random' in message && resolve(Uint8Array.from(message.random)));
    line.worker.postMessage({ random: count });
  });
}

async function ready(host: LiveHost): Promise<Line> {
  const line = openWorker(host);
  serveFiles(line, host);
  await comesUp(line, host.settings);
  return line;
}

function openWorker({ vendor, settings }: LiveHost): Line {
  // There may be one Worker: ours goes before it comes again.
  running?.terminate();
  running = method(vendor.api, 'createWorker')?.(settings.worker, { useExperimentalWorker: true }) as MyWorker | undefined;
  if (!running) {
    throw new Error(`my.createWorker("${settings.worker}") gave no Worker: list the script under "workers" in app.json (base library 1.11, an app of an enterprise), and end your own Worker first`);
  }
  return new Line(running);
}

function comesUp(line: Line, { worker }: MiniSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${worker} does not run: put the file that "npx unstuck-mini alipay" wrote there, and list it under "workers" in app.json`)), UP_WITHIN);
    line.on((message) => {
      if (!(UP in message)) return;
      clearTimeout(late);
      resolve();
    });
  });
}

/** The Worker has neither files nor a network. */
function serveFiles(line: Line, { vendor, settings }: LiveHost): void {
  const get = reader(vendor);
  line.on((message) => {
    if (!('wants' in message)) return;
    const { wants, url } = message;
    const reply = (base64: string, wrong = '') => line.worker.postMessage({ file: wants, base64, wrong });
    const found = url.startsWith('/') ? packaged(url.slice(settings.bundle.length), settings) : downloaded(url, get);
    found.then(reply, (error: unknown) => reply('', (error as Error).message));
  });
}

/** A file of the bundle that the package has as a script. */
async function packaged(name: string, { models }: MiniSettings): Promise<string> {
  const how = "init({ models: () => require.async('unstuck-engine/bundle.js') })";
  if (!models) throw new Error(`the bundle is missing: ${how}, or give an https URL as \`bundle\``);
  try {
    const file = ((await models()) as Record<string, string>)[name];
    if (file) return file;
  } catch (error) {
    const { errMsg, message } = (error ?? {}) as { errMsg?: string; message?: string };
    throw new Error(`the bundle's script did not load (${message ?? errMsg ?? String(error)}): \`models\` must name a file of a subpackage that is listed under subPackages in app.json`);
  }
  throw new Error(`${name} is not in the package's bundle: run "npx unstuck-mini alipay" again and upload its whole folder`);
}

async function downloaded(url: string, get: Get): Promise<string> {
  const { status, bytes } = await get(url);
  if (status >= 300) throw new Error(`${url} answered ${status}: serve the folder made by "unstuck build", and give its URL as \`bundle\``);
  return base64Of(new Uint8Array(bytes));
}

/** A `Worker` as the session's link knows one. */
function asWebWorker(line: Line, wasm: string): Worker {
  return {
    addEventListener: (_: string, listener: (event: { data: unknown }) => void) => line.on((message) => 'replies' in message && listener({ data: message })),
    postMessage: (message: ToWorker) => line.worker.postMessage({ ...message, wasm } as ToWorker),
    terminate: () => line.worker.terminate(),
  } as unknown as Worker;
}
