// A burst of scrolling, in whatever host: how far it went, and how often it turned round.

/** A burst ends after this pause, in ms. */
export const SCROLL_PAUSE = 250;
/** Smaller moves, in px, are jitter and no change of direction. */
const JITTER = 8;

export interface Burst {
  /** What is scrolled. */
  on: unknown;
  start: number;
  last: number;
  at: number;
  /** 1 down, -1 up, 0 before the first move. */
  way: number;
  reversals: number;
  distance: number;
}

/** A burst that begins at `at`, in px from the top. */
export function newBurst(on: unknown, at: number): Burst {
  const now = Date.now();
  return { on, start: now, last: now, at, way: 0, reversals: 0, distance: 0 };
}

export function moveTo(burst: Burst, at: number): void {
  const moved = at - burst.at;
  if (Math.abs(moved) >= JITTER) {
    const way = Math.sign(moved);
    if (burst.way && way !== burst.way) burst.reversals += 1;
    burst.way = way;
    burst.distance += Math.abs(moved);
    burst.at = at;
  }
  burst.last = Date.now();
}

/** The event that tells of it; none where nothing moved. */
export function eventOf(burst: Burst | undefined) {
  if (!burst?.distance) return undefined;
  return { kind: 'scroll' as const, reversals: burst.reversals, distance_px: burst.distance, duration_ms: burst.last - burst.start };
}
