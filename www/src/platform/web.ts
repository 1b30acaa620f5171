// The browser.

import { isFramed } from '../session/frame.ts';
import { whenIdle } from '../session/idle.ts';
import { startLink } from '../session/link.ts';
import { pageLanguage, type Settings } from '../session/options.ts';
import { hex, type Area, type LifeListener, type Platform, type SocketListener } from './index.ts';

/** `get` is the page's own `fetch`; the rest says where the package's own files are. */
export function webPlatform(get: typeof fetch, { assets, integrity }: Pick<Settings, 'assets' | 'integrity'>): Platform {
  return {
    fetch: get,
    openSocket,
    area,
    startLink: (request) => startLink({ ...request, assets, integrity }, get),
    unsupported: [],
    language: pageLanguage,
    isOnline: () => navigator.onLine !== false,
    onOnline(back) {
      addEventListener('online', back);
      return () => removeEventListener('online', back);
    },
    onLife,
    idle: whenIdle,
    randomId: () => hex(crypto.getRandomValues(new Uint8Array(12))),
    absolute: (url) => new URL(url, location.href).href,
    explain: (detail) => void window.dispatchEvent(new CustomEvent('unstuck:explain', { detail })),
    measure(name) {
      performance.mark?.(`${name}:asked`);
      return () => void performance.measure?.(name, `${name}:asked`);
    },
  };
}

function openSocket(http: string, on: SocketListener): () => void {
  const url = new URL(http, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  socket.addEventListener('open', () => on.open());
  socket.addEventListener('message', ({ data }) => on.message(String(data)));
  socket.addEventListener('close', () => on.close());
  return () => socket.close();
}

/** This tab, or this user. Reading the property itself throws where cookies are blocked. */
function area(life: 'session' | 'device'): Area | undefined {
  try {
    const storage = life === 'session' ? window.sessionStorage : window.localStorage;
    // A frame has its page's storage: where both run a session, each keeps its own.
    const own = life === 'session' && isFramed() ? 'frame:' : '';
    return {
      getItem: (key) => storage.getItem(own + key),
      setItem: (key, text) => storage.setItem(own + key, text),
      removeItem: (key) => storage.removeItem(own + key),
      keys: () => Object.keys(storage).flatMap((key) => (key.startsWith(own) ? key.slice(own.length) : [])),
    };
  } catch {
    return undefined;
  }
}

function onLife(on: LifeListener): () => void {
  const leave = new AbortController();
  const { signal } = leave;
  addEventListener('pagehide', () => on.leave?.(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && on.returned?.(), { signal });
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? on.visible() : on.hidden()), { signal });
  return () => leave.abort();
}
