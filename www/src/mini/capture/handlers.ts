// The handlers of the app: whatever gets an event of the view passes it on, and we see it go by.

import type { Control, Opens, SignalKind } from '../../contracts/index.ts';
import { OF_AN_ELEMENT } from '../../sensor/element.ts';
import { lengthClass, TYPING_PAUSE } from '../../sensor/fields.ts';
import { debounce, quietly } from '../../sensor/recorder.ts';
import { eventOf, moveTo, newBurst, SCROLL_PAUSE, type Burst } from '../../sensor/scroll.ts';
import type { AnyFunction } from '../vendor.ts';
import type { Seen } from './index.ts';
import type { Screens } from './screens.ts';

/** An event of the view. `dataset` has what the markup says by `data-…`. */
interface ViewEvent {
  type: string;
  timeStamp?: number;
  currentTarget: { id?: string; dataset?: Record<string, unknown>; targetDataset?: Record<string, unknown> };
  detail?: { value?: unknown; scrollTop?: number; x?: number; y?: number; clientX?: number; clientY?: number };
}

const GENERATED = /[:\s]|\d{3}|[0-9a-f]{8}/i;

function isViewEvent(value: unknown): value is ViewEvent {
  const { type, currentTarget } = (value ?? {}) as Partial<ViewEvent>;
  return typeof type === 'string' && typeof currentTarget === 'object' && currentTarget !== null;
}

export class Handlers {
  /** An event that rises through several handlers is one. */
  #last = '';
  readonly #wrapped = new WeakSet<object>();
  #editing: (() => void) | undefined;
  #typing = debounce(TYPING_PAUSE, () => this.flush());
  #scroll: Burst | undefined;
  #scrollEnds = debounce(SCROLL_PAUSE, () => this.#scrollEnded());

  constructor(private readonly seen: Seen, private readonly screens: Screens) {}

  /** The same functions; those that get an event of the view are seen. */
  all(options: Record<string, unknown>): Record<string, unknown> {
    const wrapped: Record<string, unknown> = { ...options };
    for (const [name, value] of Object.entries(options)) {
      if (typeof value !== 'function') continue;
      const see = (event: unknown) => quietly(() => {
        if (!isViewEvent(event)) return;
        if (this.seen.allowed) this.#see(event, name);
        else this.seen.did();
      });
      wrapped[name] = function (this: unknown, ...args: unknown[]) {
        see(args[0]);
        return (value as AnyFunction).apply(this, args);
      };
    }
    return wrapped;
  }

  /**
   * uni-app with Vue 3 hangs its handlers on the instance, as `e0`, `e1`, … , while it renders. It changes
   * what one does by its property `value`, so that stays the original's.
   */
  late(instance: Record<string, unknown>): void {
    for (const name of Object.keys(instance)) {
      const original = instance[name];
      if (!/^e\d/.test(name) || typeof original !== 'function' || this.#wrapped.has(original)) continue;
      const wrapper = this.all({ [name]: original })[name] as object;
      this.#wrapped.add(wrapper);
      Object.defineProperty(wrapper, 'value', {
        get: () => (original as unknown as { value: unknown }).value,
        set: (value: unknown) => void ((original as unknown as { value: unknown }).value = value),
      });
      instance[name] = wrapper;
    }
  }

  /** What is being typed counts now. */
  flush(): void {
    const edit = this.#editing;
    this.#editing = undefined;
    quietly(() => edit?.());
  }

  scrolled(on: string, at: number | undefined): void {
    if (at === undefined || !this.seen.allowed) return;
    this.seen.active('scroll');
    if (this.#scroll?.on !== on) {
      this.#scrollEnds.flush();
      this.#scroll = newBurst(on, at);
    }
    moveTo(this.#scroll, at);
    this.#scrollEnds.call();
  }

  #scrollEnded(): void {
    const event = eventOf(this.#scroll);
    this.#scroll = undefined;
    if (event) this.seen.emit(event);
  }

  #see(event: ViewEvent, handler: string): void {
    const type = event.type.toLowerCase();
    if (type === 'scroll') return this.scrolled(event.currentTarget.id ?? handler, event.detail?.scrollTop);
    const once = `${type}@${event.timeStamp ?? ''}`;
    if (event.timeStamp !== undefined && once === this.#last) return;
    this.#last = once;
    this.screens.enter();
    const said = new Markup(event, handler, this.seen.options.targets);
    if (type === 'tap' || type === 'longpress' || type === 'longtap') this.#tap(event, said);
    else if (type === 'input' || type === 'change') this.#edit(event, said, type);
    else if (type === 'blur' || type === 'confirm') this.flush();
    else if (type === 'submit') {
      this.flush();
      this.seen.emit({ kind: 'submit', form: said.id });
    }
  }

  #tap(event: ViewEvent, said: Markup): void {
    this.flush();
    this.seen.reopen();
    const { x = 0, y = 0, clientX = x, clientY = y } = event.detail ?? {};
    this.seen.emit({
      kind: 'tap',
      target: said.id,
      // Whatever has a handler promises to react.
      control: (said.text('unstuckControl') || 'button') as Control,
      x: clientX,
      y: clientY,
      disabled: false,
      opens: (said.text('unstuckOpens') || 'nothing') as Opens,
      selection: false,
      modifier: false,
      ignore: said.ignore,
    });
    if (said.has('unstuckHelp')) this.seen.emit({ kind: 'help' });
    this.seen.used(said.id);
  }

  /** The value is only measured. Typing is debounced; a picker or a switch counts at once. */
  #edit(event: ViewEvent, said: Markup, type: 'input' | 'change'): void {
    const { value } = event.detail ?? {};
    const length = lengthClass(typeof value === 'string' ? value.length : value === false || value == null ? 0 : 1);
    const ignore: SignalKind[] = typeof value === 'boolean' ? ['field_reedit'] : said.ignore;
    const edit = () => this.seen.emit({ kind: 'input', field: said.id, form: said.text('unstuckForm'), length, valid: null, ignore });
    if (type === 'change') {
      this.flush();
      edit();
      return this.seen.used(said.id);
    }
    this.#editing = edit;
    this.#typing.call();
  }
}

/** What the markup says of the element whose handler runs. */
class Markup {
  readonly id: string;
  readonly #dataset: Record<string, unknown>;

  constructor({ currentTarget }: ViewEvent, handler: string, targets: Record<string, string>) {
    this.#dataset = currentTarget.dataset ?? {};
    const own = currentTarget.id ?? '';
    // Taro gives its own number to what has no id, and notes it as `sid`.
    const given = own !== this.text('sid') && !GENERATED.test(own) ? (targets[own] ?? own) : '';
    // A handler's name is as stable as the code.
    this.id = this.text('unstuck') || given || handler;
  }

  has(name: string): boolean {
    return this.#dataset[name] !== undefined && this.#dataset[name] !== false;
  }

  text(name: string): string {
    const value = this.#dataset[name];
    return typeof value === 'string' ? value : '';
  }

  get ignore(): SignalKind[] {
    if (!this.has('unstuckIgnore')) return [];
    const names = (this.text('unstuckIgnore') || OF_AN_ELEMENT).match(/\w+/g) ?? [];
    return names.filter((name) => name !== 'activity') as SignalKind[];
  }
}
