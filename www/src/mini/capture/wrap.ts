// Takes the places of `App`, `Page` and `Component`, so that the app's own functions pass through here.

import { quietly } from '../../sensor/recorder.ts';
import type { AnyFunction } from '../vendor.ts';
import type { Handlers } from './handlers.ts';
import type { Seen } from './index.ts';
import type { Screens } from './screens.ts';

type Options = Record<string, unknown>;
type Register = (options: Options, ...more: unknown[]) => unknown;

// Free names: what they stand for differs from file to file in some vendors' packages.
declare let App: Register;
declare let Page: Register;
declare let Component: Register;

/** Set on the options of our own component: what happens in it is not captured. */
export const OWN = 'unstuckOwn';

interface Instance {
  setData?: AnyFunction;
}

/** False where a name could not be taken. */
export function wrapRegistration(seen: Seen, screens: Screens, handlers: Handlers): boolean {
  const wrap = new Wrapper(seen, screens, handlers);
  try {
    const [app, page, component] = [App, Page, Component];
    App = (options, ...more) => app(quietly(() => handlers.all(options)) ?? options, ...more);
    Page = (options, ...more) => page(quietly(() => wrap.page(options)) ?? options, ...more);
    Component = (options, ...more) => component(quietly(() => wrap.component(options)) ?? options, ...more);
    return Page !== page;
  } catch {
    return false;
  }
}

class Wrapper {
  constructor(private readonly seen: Seen, private readonly screens: Screens, private readonly handlers: Handlers) {}

  page(options: Options): Options {
    const wrapped = this.handlers.all(options);
    before(wrapped, 'onLoad', (page) => this.#watchData(page));
    before(wrapped, 'onShow', () => this.screens.enter());
    before(wrapped, 'onHide', () => this.handlers.flush());
    before(wrapped, 'onUnload', () => this.handlers.flush());
    if (typeof options['onPageScroll'] === 'function') {
      before(wrapped, 'onPageScroll', (_page, event) => this.handlers.scrolled('page', (event as { scrollTop?: number } | undefined)?.scrollTop));
    }
    return wrapped;
  }

  component(options: Options): Options {
    if (options[OWN]) return options;
    const methods = this.handlers.all((options['methods'] ?? {}) as Options);
    // Some frameworks make pages of components: then the page's functions are among the methods.
    if (methods['onLoad'] || methods['onShow']) before(methods, 'onShow', () => this.screens.enter());
    const wrapped: Options = { ...options, methods };
    const lifetimes = options['lifetimes'] as Options | undefined;
    if (lifetimes?.['attached']) {
      wrapped['lifetimes'] = before({ ...lifetimes }, 'attached', (component) => this.#watchData(component));
    } else {
      // `didMount` is Alipay's; a name that a platform does not know is never called there.
      before(wrapped, 'attached', (component) => this.#watchData(component));
      if (options['didMount'] || options['onInit']) before(wrapped, 'didMount', (component) => this.#watchData(component));
    }
    return wrapped;
  }

  /** What changes the page is a reaction, unless it only ticks. */
  #watchData(instance: Instance): void {
    const setData = instance.setData;
    if (typeof setData !== 'function') return;
    const { seen, handlers } = this;
    instance.setData = function (this: unknown, ...args) {
      quietly(() => {
        handlers.late(instance as unknown as Record<string, unknown>);
        const names = Object.keys((args[0] ?? {}) as object);
        const ignored = names.length > 0 && names.every((name) => seen.options.ignoreData.includes(name.split(/[.[]/, 1)[0]!));
        if (!ignored) seen.active('dom');
      });
      return setData.apply(this, args);
    };
  }
}

/** Runs `first` before the function `name` of `options`, which may not be there. */
function before(options: Options, name: string, first: (instance: Instance, argument: unknown) => void): Options {
  const original = options[name];
  options[name] = function (this: Instance, ...args: unknown[]) {
    quietly(() => first(this, args[0]));
    return typeof original === 'function' ? (original as AnyFunction).apply(this, args) : undefined;
  };
  return options;
}
