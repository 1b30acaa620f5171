// The page's side of a phone: what it is sent, and what it tells.

import type { View } from '../src/session/conversation.ts';
import type { Heard, Move } from './contract.ts';

export interface ToFrame {
  view: Partial<View>;
  theme: 'light' | 'dark';
}
export type FromFrame = Move | { accept: boolean } | { at: number } | { elder: boolean } | 'ready';

/** Before the talk: the offer over the app. */
export function offerView({ offer }: Heard): Partial<View> {
  return { open: false, offer: offer && { ...offer, offer: number(`${offer.text}\n${offer.accept}\n${offer.decline}`) } };
}

/** The widget draws an offer anew when its number is new: other words get another. */
function number(words: string): number {
  let hash = 0;
  for (const letter of words) hash = (hash * 31 + letter.codePointAt(0)!) % 1_000_003;
  return hash;
}

/** The talk so far. `at` is the step of the guide that is pointed at, if one is. */
export function talkView({ messages, guide, tool }: Heard, at: number | null): Partial<View> {
  const last = messages.findLast(({ from }) => from === 'bot');
  const pointing = guide && at !== null ? { ...guide, at, why: '', shown: true } : null;
  return {
    open: !pointing,
    guide: pointing,
    busy: tool !== null,
    expects: last?.expects ?? '',
    messages: messages.map(({ id, from, text, t, card, choices, chosen }) => ({
      id, from, text, t, card: card ?? undefined, choices: choices.length > 0 ? choices : undefined, chosen: chosen ?? undefined,
    })),
  };
}

/** The phones on the page: each is sent what it shows when it is there, and whenever that changes. */
export class Phones {
  #sent = new WeakMap<Window, string>();
  #shows = new Map<HTMLIFrameElement, ToFrame>();

  constructor(private readonly told: (frame: HTMLIFrameElement, did: Exclude<FromFrame, 'ready'>) => void) {
    addEventListener('message', ({ data, origin, source }: MessageEvent<FromFrame>) => {
      const frame = [...this.#shows.keys()].find(({ contentWindow }) => contentWindow === source);
      if (origin !== location.origin || !frame) return;
      // A frame that loads anew has seen nothing yet, and one with a tap no longer shows what it was sent.
      this.#sent.delete(frame.contentWindow!);
      if (data === 'ready') this.#send(frame);
      else this.told(frame, data);
    });
  }

  show(frame: HTMLIFrameElement, shows: ToFrame): void {
    this.#shows.set(frame, shows);
    this.#send(frame);
    // Later: a frame that is being drawn is not on the page yet.
    queueMicrotask(() => this.#forget());
  }

  #forget(): void {
    for (const frame of this.#shows.keys()) if (!frame.isConnected) this.#shows.delete(frame);
  }

  #send(frame: HTMLIFrameElement): void {
    const [shows, to] = [this.#shows.get(frame), frame.contentWindow];
    const said = JSON.stringify(shows);
    if (!shows || !to || this.#sent.get(to) === said) return;
    this.#sent.set(to, said);
    to.postMessage(shows, location.origin);
  }
}
