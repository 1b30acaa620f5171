// Where captured events wait until the engine is there, and the guard around every listener.

import type { Event as AppEvent } from '../contracts/index.ts';

/** How many events wait at most; the oldest that only suppress signals go first. */
export const BUFFER_CAP = 600;

type Placeless<E> = E extends unknown ? Omit<E, 't' | 'screen'> : never;
/** What happened, without when and where. */
export type Happening = Placeless<AppEvent>;
export type Sink = (event: AppEvent) => void;

/** What every part of the sensor captures into. */
export class Recorder {
  screen = '';
  #waiting: AppEvent[] = [];
  #sink: Sink | undefined;
  #stop = new AbortController();
  #undo: (() => void)[] = [];

  /** Hands on what happened; never throws into the page. The core cuts texts and rounds numbers. */
  emit(happening: Happening): void {
    const event: AppEvent = { t: Date.now(), screen: this.screen, ...happening };
    if (this.#sink) return this.#sink(event);
    if (this.#waiting.length >= BUFFER_CAP) {
      const idle = this.#waiting.findIndex((e) => e.kind === 'activity');
      this.#waiting.splice(Math.max(idle, 0), 1);
    }
    this.#waiting.push(event);
  }

  /** From now on events go to `sink`, those that waited first. */
  drainTo(sink: Sink): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#sink = sink;
    for (const event of waiting) sink(event);
  }

  /** Events wait again, while the engine is away. */
  hold(): void {
    this.#sink = undefined;
  }

  /** A passive listener in the capture phase that can neither throw nor cancel anything. */
  on<E extends Event>(target: EventTarget, type: string, handler: (event: E) => void): void {
    target.addEventListener(type, guarded(handler) as EventListener, {
      capture: true,
      passive: true,
      signal: this.#stop.signal,
    });
  }

  /** Something to put back when the sensor stops. */
  onStop(undo: () => void): void {
    this.#undo.push(undo);
  }

  stop(): void {
    this.#stop.abort();
    for (const undo of this.#undo.splice(0)) undo();
    this.#waiting = [];
    this.#sink = undefined;
  }

  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }
}

/** Runs `run`; what it throws stays inside. The page must never notice the sensor. */
export function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    // Capture is best effort: what cannot be read is not seen.
    return undefined;
  }
}

/** The same function, quiet. */
export function guarded<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  return (...args) => quietly(() => run(...args));
}

/** Runs `act` once, `ms` after the last call. `flush` runs it now if it is due. */
export function debounce(ms: number, act: () => void): { call(): void; flush(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = guarded(() => {
    timer = undefined;
    act();
  });
  return {
    call() {
      clearTimeout(timer);
      timer = setTimeout(run, ms);
    },
    flush() {
      if (timer === undefined) return;
      clearTimeout(timer);
      run();
    },
  };
}
