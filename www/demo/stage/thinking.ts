// What the engine has seen and believed lately, folded from `unstuck:explain`.

import type { Explanation } from 'unstuck';

/** How much of the past the picture shows, in ms. */
export const SPAN = 90_000;
/** How many points and marks it keeps, the oldest going first. */
const KEPT = 600;
/** How long a signal glows, in ms. */
export const GLOW = 20_000;

export type Lane = 'you' | 'network' | 'signal' | 'bot';
export interface Mark { t: number; lane: Lane; name: string }
export interface Fired { at: number; count: number; target: string }
type Explain = NonNullable<Explanation['output']['explain']>;

export interface Thinking {
  now: Explain | undefined;
  curve: { t: number; stuck: number }[];
  marks: Mark[];
  fired: Map<string, Fired>;
  /** The last decision about speaking up. It stands while its offer is on screen or talked about. */
  decided: { did: string; worth: number; code: string; text: string };
  events: number;
}

export const nothingYet = (): Thinking => ({
  now: undefined, curve: [], marks: [], fired: new Map(), decided: { did: '', worth: 0, code: '', text: '' }, events: 0,
});

/** Silences because something was said: they say nothing new about whether to speak. */
const AFTER_SPEAKING = /offer_open|talking/;

const LANES: Record<string, Lane> = { api: 'network', js_error: 'network', outcome: 'bot' };
const QUIET = new Set(['activity', 'visibility']);

/** Takes one explanation in. */
export function fold(thinking: Thinking, { input, output }: Explanation): void {
  const t = Date.now();
  const kind = String(input.kind ?? input.input);
  if (input.input === 'event') thinking.events += 1;
  if (input.input !== 'tick' && !QUIET.has(kind)) thinking.marks.push({ t, lane: LANES[kind] ?? 'you', name: kind });
  const { explain } = output;
  if (explain) {
    thinking.now = explain;
    thinking.curve.push({ t, stuck: explain.stuck });
    for (const { kind: name, count, target } of explain.signals) {
      thinking.fired.set(name, { at: t, count, target });
      thinking.marks.push({ t, lane: 'signal', name });
    }
  }
  decide(thinking, output);
  for (const action of output.actions) {
    if (action.do !== 'stay_silent') thinking.marks.push({ t, lane: 'bot', name: action.do });
  }
  thinking.curve.splice(0, Math.max(0, thinking.curve.length - KEPT));
  thinking.marks.splice(0, Math.max(0, thinking.marks.length - KEPT));
}

function decide(thinking: Thinking, { actions, explain }: Explanation['output']): void {
  const spoken = actions.find((action) => action.do === 'suggest');
  const [, code = ''] = (explain?.decision ?? '').split(/:\s*/);
  if (spoken) {
    const [reason] = spoken.reasons;
    thinking.decided = { did: 'suggest', worth: explain?.worth ?? 0, code: reason?.code ?? '', text: reason?.text ?? '' };
  } else if (code && !AFTER_SPEAKING.test(code)) {
    const reason = actions.flatMap(({ reasons }) => reasons).find((told) => told.code === code);
    thinking.decided = { did: 'stay_silent', worth: explain?.worth ?? 0, code, text: reason?.text ?? '' };
  }
}
