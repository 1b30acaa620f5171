// What a session needs of a mini-program.

import type { Language, SignalKind } from '../contracts/index.ts';
import { hex, type Area, type LifeListener, type Platform } from '../platform/index.ts';
import { EngineError } from '../session/link.ts';
import { startRemote } from '../session/remote.ts';
import type { Failure } from '../worker/protocol.ts';
import { ask, method, type Kept, type Vendor } from './vendor.ts';

/** A user who comes back later than this, in ms, begins anew: so long does WeChat keep an app in the background. */
const SESSION_LIVES = 30 * 60_000;
const LEFT = 'unstuck.left';
/** 12 bytes an id: one for the session, one for the user, one for each time that the engine starts. */
const RANDOM_POOL = 12 * 8;

interface Parts {
  random(count: number): Promise<Uint8Array | undefined>;
  startLink: Platform['startLink'];
  explain: ((detail: unknown) => void) | undefined;
  unsupported: SignalKind[];
}

/** Random bytes come late on these hosts, so they are fetched first. */
export async function miniPlatform(vendor: Vendor, { random, startLink, explain, unsupported }: Parts): Promise<Platform> {
  const pool = await random(RANDOM_POOL).catch(() => undefined);
  let drawn = 0;
  forgetOldSession(vendor.kept);
  const network = { online: true, back: new Set<() => void>() };
  ask(vendor.api, 'onNetworkStatusChange', ({ isConnected }: { isConnected: boolean }) => {
    const back = isConnected && !network.online;
    network.online = isConnected;
    if (back) for (const then of [...network.back]) then();
  });
  const fetch = fetchOf(vendor);
  const fail = (failure: Failure) => new EngineError(failure);
  return {
    unsupported,
    startLink: (request) => (request.remote ? startRemote(request, { ...request.remote, fail }, fetch) : startLink(request)),
    fetch,
    openSocket: (url, on) => vendor.connect(url.replace(/^http/, 'ws'), on),
    area: (life) => area(vendor.kept, `unstuck.${life}.`),
    language: () => languageOf(vendor),
    isOnline: () => network.online,
    onOnline(back) {
      network.back.add(back);
      return () => network.back.delete(back);
    },
    onLife: (on) => onLife(vendor, on),
    idle: () => new Promise((resolve) => setTimeout(resolve, 1)),
    randomId: () => hex(randomBytes(pool?.subarray(drawn, (drawn += 12)))),
    absolute: (url) => url,
    explain: (detail) => explain?.(detail),
    measure: () => () => undefined,
  };
}

export function fetchOf(vendor: Vendor): Platform['fetch'] {
  return async (url, init) => {
    const { status, data } = await vendor.request({ url, ...init });
    return { ok: status >= 200 && status < 300, status, json: async () => (typeof data === 'string' ? JSON.parse(data) : data) as unknown };
  };
}

export function languageOf(vendor: Vendor): Language {
  return vendor.language().toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Where the platform has no source of randomness, the engine's own has to do; docs/mini-programs.md says so. */
function randomBytes(pool: Uint8Array | undefined): Uint8Array {
  if (pool?.length === 12) return pool;
  return Uint8Array.from({ length: 12 }, () => Math.random() * 256);
}

/** Long values lie in pieces: `key` has how many there are and the first, `key.1` the next. */
function area(kept: Kept, prefix: string): Area {
  const count = (text: string | undefined) => Number(text?.slice(0, text.indexOf('|'))) || 0;
  const remove = (key: string) => {
    const pieces = count(kept.get(prefix + key));
    for (let i = 1; i < pieces; i++) kept.remove(`${prefix}${key}.${i}`);
    kept.remove(prefix + key);
  };
  return {
    getItem(key) {
      const first = kept.get(prefix + key);
      if (!first) return null;
      let text = first.slice(first.indexOf('|') + 1);
      for (let i = 1; i < count(first); i++) {
        const piece = kept.get(`${prefix}${key}.${i}`);
        if (piece === undefined) return null;
        text += piece;
      }
      return text;
    },
    setItem(key, text) {
      const pieces = Math.max(1, Math.ceil(text.length / kept.piece));
      const before = count(kept.get(prefix + key));
      for (let i = pieces; i < before; i++) kept.remove(`${prefix}${key}.${i}`);
      for (let i = 1; i < pieces; i++) kept.set(`${prefix}${key}.${i}`, text.slice(i * kept.piece, (i + 1) * kept.piece));
      kept.set(prefix + key, `${pieces}|${text.slice(0, kept.piece)}`);
    },
    removeItem: remove,
    // A piece is nobody's key: it goes with its first.
    keys: () => kept.keys().filter((key) => key.startsWith(prefix) && !/\.\d+$/.test(key)).map((key) => key.slice(prefix.length)),
  };
}

function forgetOldSession(kept: Kept): void {
  try {
    const left = Number(kept.get(LEFT));
    if (!left || Date.now() - left < SESSION_LIVES) return;
    for (const key of kept.keys()) if (key.startsWith('unstuck.session.')) kept.remove(key);
  } catch {
    // Nothing can be kept, so nothing is old.
  }
}

function onLife(vendor: Vendor, on: LifeListener): () => void {
  const show = () => on.visible();
  const hide = () => {
    try {
      vendor.kept.set(LEFT, String(Date.now()));
    } catch {
      // Full: the next visit goes on with what there is.
    }
    on.hidden();
  };
  method(vendor.api, 'onAppShow')?.(show);
  method(vendor.api, 'onAppHide')?.(hide);
  return () => {
    ask(vendor.api, 'offAppShow', show);
    ask(vendor.api, 'offAppHide', hide);
  };
}
