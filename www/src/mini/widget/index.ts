// The component `<unstuck />` in the main package: a shell that waits for what draws in it.

import { OWN } from '../capture/wrap.ts';
import type { Shown } from '../index.ts';
import { ACTIONS, type Tap } from './actions.ts';
import type { Held, Instance } from './held.ts';

interface Shell extends Instance {
  unstuck?: { held: Held | undefined; release(): void } | undefined;
}

/** The options of the component, for the file that registers it. */
export function widgetOf(shown: Shown): object {
  const attach = (shell: Shell) => {
    if (shell.unstuck) return;
    const place: NonNullable<Shell['unstuck']> = { held: undefined, release: () => undefined };
    const put = () => {
      place.held?.release();
      place.held = shown.live?.hold(shell);
      if (!place.held) shell.setData({ there: false });
    };
    const unwatch = shown.watch(put);
    place.release = () => {
      unwatch();
      place.held?.release();
    };
    shell.unstuck = place;
    put();
  };
  const detach = (shell: Shell) => {
    shell.unstuck?.release();
    shell.unstuck = undefined;
  };
  const page = (active: boolean) =>
    function (this: Shell) {
      this.unstuck?.held?.pageShown(active);
    };
  return {
    [OWN]: true,
    options: { styleIsolation: 'isolated' },
    data: { there: false, typed: '', messages: [], guide: null },
    lifetimes: {
      attached(this: Shell) { attach(this); },
      detached(this: Shell) { detach(this); },
    },
    pageLifetimes: { show: page(true), hide: page(false) },
    // The same by Alipay's names.
    didMount(this: Shell) { attach(this); },
    didUnmount(this: Shell) { detach(this); },
    pageEvents: { onShow: page(true), onHide: page(false) },
    methods: methods(),
  };
}

/** Each hands on to what is held. */
function methods(): Record<string, (this: Shell, event: Tap) => void> {
  const all: ReturnType<typeof methods> = { nothing: () => undefined };
  for (const name of ACTIONS) {
    all[name] = function (event) {
      this.unstuck?.held?.act(name, event);
    };
  }
  return all;
}
