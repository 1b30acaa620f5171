// What reaches the phone from outside: text messages, and the app's remote configuration.

import { store, type Flags } from './store.ts';

/** How long the phone shows a message, in ms. */
const SHOWN = 12_000;

export const notification = { code: '' };
let take: ((code: string) => void) | undefined;
let redraw: () => void = () => undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The screen that wants the code when the message is tapped. */
export function onCode(taker: typeof take): void {
  take = taker;
}

/** The message was tapped. */
export function dismiss(): void {
  const { code } = notification;
  notification.code = '';
  take?.(code);
  redraw();
}

export function listen(draw: () => void): void {
  redraw = draw;
  const inbox = new EventSource('/api/inbox');
  inbox.addEventListener('flags', ({ data }: MessageEvent<string>) => {
    store.flags = JSON.parse(data) as Flags;
    redraw();
  });
  inbox.addEventListener('message', ({ data }: MessageEvent<string>) => {
    notification.code = (JSON.parse(data) as { code: string }).code;
    clearTimeout(timer);
    timer = setTimeout(() => {
      notification.code = '';
      redraw();
    }, SHOWN);
    redraw();
  });
}
