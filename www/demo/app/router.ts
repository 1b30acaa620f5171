// Screens by path, on the History API.

import { html, render, type TemplateResult } from 'lit-html';
import { say } from './language.ts';

export interface Screen {
  title: () => string;
  /** Prepares the screen; it is drawn at once, and again by `redraw` when something has come. */
  enter?: (params: string[]) => void;
  view: () => TemplateResult;
  /** Which tab of the bar it belongs to; without one there is no bar but a way back. */
  tab?: 'home' | 'cards' | 'orders' | 'me';
}

type Route = [pattern: RegExp, screen: Screen];

let routes: Route[] = [];
let frame: (screen: Screen) => TemplateResult;
let root: HTMLElement;
let current: Screen | undefined;

export function start(into: HTMLElement, table: Route[], frameOf: typeof frame): void {
  [root, routes, frame] = [into, table, frameOf];
  addEventListener('popstate', () => show('back'));
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
    if (!link || link.origin !== location.origin || link.target || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (!find(link.pathname)) return;
    event.preventDefault();
    go(link.pathname);
  });
  show('none');
}

function find(path: string): [Screen, string[]] | undefined {
  for (const [pattern, screen] of routes) {
    const match = pattern.exec(path);
    if (match) return [screen, match.slice(1)];
  }
  return undefined;
}

export function go(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  show('forward');
}

/** Goes on without a way back, as after something is done. */
export function replace(path: string): void {
  history.replaceState(null, '', path);
  show('forward');
}

/** Draws the current screen again. */
export function redraw(): void {
  if (current) render(frame(current), root);
}

function show(motion: 'forward' | 'back' | 'none'): void {
  const found = find(location.pathname) ?? find('/');
  if (!found) return;
  const [screen, params] = found;
  current = screen;
  screen.enter?.(params);
  document.title = `${screen.title()} · ${say('钱小包', 'Pocket')}`;
  render(html``, root);
  redraw();
  const main = root.querySelector<HTMLElement>('main');
  if (!main) return;
  main.dataset.motion = motion;
  main.scrollTop = 0;
  if (motion !== 'none') main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}
