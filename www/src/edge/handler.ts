// The handler that all hosts share: a web-standard request in, the engine's answer out, nothing kept.

import type { EdgeHandler, EdgeOptions } from '../../../pkg/types/edge.d.ts';
import { version } from '../../../pkg/package.json';
import type { ReadFile } from './bundle.ts';
import type { Wasm } from './engine.ts';
import { Problem } from './problem.ts';
import { read } from './read.ts';
import { Rollout } from './rollout.ts';
import { Sessions } from './sessions.ts';

/** What a host has to have: the rest is the same everywhere. */
export interface Host {
  /** The engine's Wasm; `module` is the integrator's, where one was given. */
  wasm(module: WebAssembly.Module | undefined): Promise<Wasm>;
  readFile?: ReadFile;
}

const METHODS: Record<string, string> = { events: 'POST', say: 'POST', choose: 'POST', handoff: 'POST', health: 'GET' };
/** How long a browser may remember a preflight's answer, in seconds. */
const PREFLIGHT_S = '600';

/** `createHandler` for one host. */
export function handlerFor(host: Host): (options: EdgeOptions) => EdgeHandler {
  return (options) => {
    const rollout = new Rollout(host, options);
    const sessions = new Sessions(rollout, options);
    const base = (options.base ?? '/').replace(/\/*$/, '/');
    const handler = async (request: Request): Promise<Response> => {
      const response = await answer(request, base, rollout, sessions).catch(refusal);
      return dressed(request, response, options.cors);
    };
    return Object.assign(handler, { ready: async () => void (await rollout.newest()) });
  };
}

async function answer(request: Request, base: string, rollout: Rollout, sessions: Sessions): Promise<Response> {
  const { pathname } = new URL(request.url);
  const route = pathname.startsWith(base) ? pathname.slice(base.length) : undefined;
  const method = route === undefined ? undefined : METHODS[route];
  if (route === undefined || method === undefined) {
    const routes = Object.keys(METHODS).map((name) => base + name);
    throw new Problem('not_found', `There is no ${pathname}: the routes are ${routes.join(', ')}.`);
  }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
  if (request.method !== method) {
    throw new Problem('method_not_allowed', `${pathname} takes ${method}, not ${request.method}.`, { headers: { allow: `${method}, OPTIONS` } });
  }
  if (route === 'health') return Response.json(await health(rollout, sessions));
  return Response.json(await sessions.answer(request, await read(request, route)));
}

async function health(rollout: Rollout, { features }: Sessions): Promise<unknown> {
  const { bundleId } = await rollout.newest();
  return { ok: true, bundle: bundleId, version, ...features };
}

function refusal(error: unknown): Response {
  if (error instanceof Problem) return error.response();
  console.error('unstuck:', error);
  const sentence = error instanceof Error ? error.message : String(error);
  return new Problem('engine_failed', `Something unforeseen went wrong ("${sentence}"): please report this.`).response();
}

/** Nobody keeps an answer; and pages of the origins on the list may read it. */
function dressed(request: Request, response: Response, cors: EdgeOptions['cors']): Response {
  const { headers } = response;
  headers.set('cache-control', 'no-store');
  const origin = request.headers.get('origin');
  if (!cors || !origin) return response;
  headers.append('vary', 'origin');
  if (cors !== '*' && !cors.includes(origin)) return response;
  headers.set('access-control-allow-origin', origin);
  if (request.method !== 'OPTIONS') return response;
  headers.set('access-control-allow-methods', 'GET, POST');
  headers.set('access-control-allow-headers', 'content-type');
  headers.set('access-control-max-age', PREFLIGHT_S);
  return response;
}
