// The kill switch: asks every so often, and when the app is looked at again, whether the bot is off.

import type { Platform } from '../platform/index.ts';
import { SwitchedOff } from '../worker/manifest.ts';

/** How often it is asked, in seconds: rarely enough to cost nothing. */
const EVERY = 600;

/** Looks at the manifest at `url` until the stop is called; `off` is called once at most. */
export function watchSwitch(url: string, every = EVERY, { fetch, onLife }: Pick<Platform, 'fetch' | 'onLife'>, off: (error: SwitchedOff) => void): () => void {
  let [hidden, stopped] = [false, false];
  const look = async () => {
    // A hidden app shows nobody anything, and asks as soon as it is seen.
    if (hidden || stopped || !(await isOff(url, fetch)) || stopped) return;
    stop();
    off(new SwitchedOff(`${url} says that the bot is off: it stops here`));
  };
  const timer = setInterval(look, every * 1_000);
  const unwatch = onLife({
    hidden: () => (hidden = true),
    visible: () => {
      hidden = false;
      void look();
    },
  });
  const stop = () => {
    stopped = true;
    clearInterval(timer);
    unwatch();
  };
  return stop;
}

/** Only a clear word switches off: a lost network or a broken file does not. */
export async function isOff(url: string, fetch: Platform['fetch']): Promise<boolean> {
  try {
    const response = await fetch(url, { cache: 'no-cache' });
    return response.ok && ((await response.json()) as { enabled?: unknown }).enabled === false;
  } catch {
    return false;
  }
}
