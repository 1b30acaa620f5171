// The entry where there is no page: a server that renders an app imports this, and nothing happens.

import type { Handle, Options } from '../../pkg/types/index.d.ts';

/** A handle that does nothing; the browser's own `init` does the work. */
export function init(_options: Options): Handle {
  const nothing = () => undefined;
  const ready = Promise.reject(new Error('there is no page here: Unstuck starts in the browser'));
  ready.catch(nothing);
  return {
    ready,
    track: nothing,
    search: nothing,
    consent: nothing,
    open: nothing,
    close: nothing,
    ask: nothing,
    human: nothing,
    setLanguage: nothing,
    setElder: nothing,
    sent: () => [],
    shutdown: nothing,
  };
}
