// An app in a frame of the same origin, in a page that runs Unstuck too: one session, not two.

import type { Handle } from '../../../pkg/types/index.d.ts';
import type { Sink } from '../sensor/recorder.ts';

const KEY = Symbol.for('unstuck');

/** What a page with a session has for the frames in it. */
export interface PageAround {
  handle: Handle;
  /** Where the frame's events go from now on; `stop` is called when the session ends. */
  join(stop: () => void): { tell: Sink; leave(): void };
}

/** Lets frames join the session of `handle`; what is returned ends it for all of them. */
export function openToFrames(handle: Handle, tell: Sink): () => void {
  const frames = new Set<() => void>();
  const around: PageAround = {
    handle,
    join(stop) {
      frames.add(stop);
      return { tell, leave: () => void frames.delete(stop) };
    },
  };
  const place = window as { [KEY]?: PageAround };
  place[KEY] = around;
  return () => {
    if (place[KEY] === around) delete place[KEY];
    for (const stop of frames) stop();
  };
}

/** The page around this frame, if it runs a session by the time that it has loaded. */
export async function pageAround(): Promise<PageAround | undefined> {
  const { parent } = window;
  if (parent.document.readyState !== 'complete') {
    await new Promise((resolve) => parent.addEventListener('load', resolve, { once: true }));
  }
  return (parent as { [KEY]?: PageAround })[KEY];
}

/** Whether this is a frame in a page of the same origin. */
export function isFramed(): boolean {
  try {
    return parent !== window && !!parent.document;
  } catch {
    return false;
  }
}
