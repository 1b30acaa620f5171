// Which screen the user is on, and how they came there.

import { template } from '../../sensor/route.ts';
import type { Seen } from './index.ts';

interface PageInstance {
  route?: string;
  __route__?: string;
}

declare const getCurrentPages: (() => PageInstance[]) | undefined;

export class Screens {
  #route = '';
  #depth = 0;

  constructor(private readonly seen: Seen) {}

  /** The page on top of the stack is the screen; a stack that shrank says that the user went back. */
  enter(): void {
    if (typeof getCurrentPages !== 'function') return;
    const pages = getCurrentPages();
    const top = pages[pages.length - 1];
    const route = top?.route ?? top?.__route__ ?? '';
    if (!route || (route === this.#route && pages.length === this.#depth)) return;
    const how = pages.length < this.#depth ? 'back' : 'forward';
    if (!this.seen.allowed) return;
    this.#route = route;
    this.#depth = pages.length;
    this.seen.recorder.screen = this.seen.options.screens[route] ?? template(`/${route}`);
    this.seen.emit({ kind: 'screen', how });
  }
}
