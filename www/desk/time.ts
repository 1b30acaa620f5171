// Times as people say them.

import type { Language } from '../src/contracts/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, short: it stands in a narrow list. */
export function ago(t: number, language: Language): string {
  const past = Math.max(0, Date.now() - t);
  if (past < MINUTE) return language === 'zh' ? '刚刚' : 'now';
  const [unit, size] = past < HOUR ? (['minute', MINUTE] as const) : past < DAY ? (['hour', HOUR] as const) : (['day', DAY] as const);
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: language === 'zh' ? 'short' : 'narrow' });
  return format.format(Math.floor(past / size));
}

/** The time of day, with the date where it is not today's. */
export function clock(t: number, language: Language): string {
  const today = new Date(t).toDateString() === new Date().toDateString();
  const date = today ? {} : ({ month: 'short', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(language, { ...date, hour: '2-digit', minute: '2-digit', hour12: false }).format(t);
}
