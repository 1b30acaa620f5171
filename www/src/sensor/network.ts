// fetch and XMLHttpRequest: which endpoint, how it ended, how long it took. Never a query or a body.

import type { StatusClass } from '../contracts/index.ts';
import { quietly, type Recorder } from './recorder.ts';
import { template } from './route.ts';

/** Failed answers up to this many bytes are looked into for their code, where that is asked for. */
const CODE_BODY_CAP = 8_192;
export const CODE = /^[\w.:-]{1,64}$/;

export interface NetworkOptions {
  /** Requests whose URL begins with one of these are not the app's. */
  own: string[];
  /** The field of a failed JSON answer that holds the app's error code, such as `error.code`. */
  errorCodeField: string;
}

/** Says how a call ended. */
type End = (status: StatusClass, code?: string) => void;

/** Wraps `fetch` and `XMLHttpRequest`; results, errors and timing stay the page's own. */
export function captureNetwork(recorder: Recorder, options: NetworkOptions): void {
  const begin = (method: string, url: string): End | undefined => {
    const { href, protocol, pathname } = new URL(url, document.baseURI);
    const own = options.own.some((prefix) => href.startsWith(prefix));
    if (own || recorder.stopped || !/^http/.test(protocol)) return undefined;
    const endpoint = `${method.toUpperCase()} ${template(pathname)}`;
    const start = performance.now();
    recorder.emit({ kind: 'api', endpoint, status: 'pending', latency_ms: 0, code: '' });
    return (status, code = '') => {
      const latency_ms = performance.now() - start;
      recorder.emit({ kind: 'api', endpoint, status, latency_ms, code: CODE.test(code) ? code : '' });
    };
  };
  wrapFetch(recorder, options, begin);
  wrapXhr(recorder, options, begin);
}

type Begin = (method: string, url: string) => End | undefined;

function wrapFetch(recorder: Recorder, options: NetworkOptions, begin: Begin): void {
  const original = window.fetch;
  if (typeof original !== 'function') return;

  const wrapped: typeof fetch = function (this: unknown, input, init) {
    const end = quietly(() => {
      const request = input instanceof Request ? input : undefined;
      return begin(init?.method ?? request?.method ?? 'GET', request?.url ?? String(input));
    });
    const answer = original.call((this ?? window) as Window, input, init);
    if (!end) return answer;
    return answer.then(
      (response) => {
        quietly(() => void ended(end, response, options));
        return response;
      },
      (error: unknown) => {
        quietly(() => end(failureClass(error)));
        throw error;
      },
    );
  };
  window.fetch = wrapped;
  // Another library may have wrapped it since; then ours stays below it, and is silent.
  recorder.onStop(() => {
    if (window.fetch === wrapped) window.fetch = original;
  });
}

async function ended(end: End, response: Response, options: NetworkOptions): Promise<void> {
  const status = statusClass(response.status);
  if (status === 'ok') return end('ok');
  let code = response.headers.get('x-error-code') ?? '';
  const size = Number(response.headers.get('content-length') ?? 0);
  const json = /json/.test(response.headers.get('content-type') ?? '');
  if (!code && options.errorCodeField && json && size <= CODE_BODY_CAP) {
    code = await response.clone().text().then((body) => codeIn(body, options.errorCodeField), () => '');
  }
  end(status, code);
}

/** The one named field of a JSON text; nothing else of it is looked at. */
function codeIn(body: string, field: string): string {
  if (body.length > CODE_BODY_CAP) return '';
  return quietly(() => {
    let at: unknown = JSON.parse(body);
    for (const name of field.split('.')) at = (at as Record<string, unknown> | null)?.[name];
    return typeof at === 'string' || typeof at === 'number' ? String(at) : '';
  }) ?? '';
}

function wrapXhr(recorder: Recorder, options: NetworkOptions, begin: Begin): void {
  const proto = window.XMLHttpRequest?.prototype;
  if (!proto) return;
  const { open, send } = proto;
  const asked = new WeakMap<XMLHttpRequest, [string, string]>();
  const wrappedOpen = function (this: XMLHttpRequest, ...args: [string, string | URL]) {
    asked.set(this, [args[0], String(args[1])]);
    return open.apply(this, args as unknown as Parameters<typeof open>);
  };
  const wrappedSend = function (this: XMLHttpRequest, body?: Document | XMLHttpRequestBodyInit | null) {
    quietly(() => {
      const end = begin(...(asked.get(this) ?? ['GET', '']));
      if (end) watchXhr(this, end, options);
    });
    return send.call(this, body);
  };
  proto.open = wrappedOpen as typeof open;
  proto.send = wrappedSend;
  recorder.onStop(() => {
    if (proto.open === (wrappedOpen as typeof open)) proto.open = open;
    if (proto.send === wrappedSend) proto.send = send;
  });
}

function watchXhr(xhr: XMLHttpRequest, end: End, options: NetworkOptions): void {
  const failure: Record<string, StatusClass> = { abort: 'cancelled', timeout: 'timeout', error: 'network' };
  let failed: StatusClass | undefined;
  for (const type of Object.keys(failure)) xhr.addEventListener(type, () => (failed = failure[type]), { once: true });
  xhr.addEventListener(
    'loadend',
    () =>
      quietly(() => {
        const status = failed ?? statusClass(xhr.status);
        if (status === 'ok' || failed) return end(status);
        const readable = options.errorCodeField && (xhr.responseType === '' || xhr.responseType === 'text');
        // Asking for a header that CORS hides logs an error, so it is looked up in the visible ones.
        const header = /^x-error-code:\s*(\S+)/im.exec(xhr.getAllResponseHeaders())?.[1];
        end(status, header ?? (readable ? codeIn(xhr.responseText, options.errorCodeField) : ''));
      }),
    { once: true },
  );
}

export function statusClass(status: number): StatusClass {
  if (status >= 500) return 'server';
  if (status >= 400) return 'client';
  return 'ok'; // 0 is an opaque answer: it arrived, and that is all one may know.
}

function failureClass(error: unknown): StatusClass {
  const name = (error as { name?: unknown } | null)?.name;
  if (name === 'TimeoutError') return 'timeout';
  return name === 'AbortError' ? 'cancelled' : 'network';
}
