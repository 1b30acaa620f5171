// Reads a request's body: within its size, and in the form of its route.

import type { Config, Input } from '../contracts/index.ts';
import { Problem } from './problem.ts';

/** A snapshot and the events of a busy minute. */
export const BODY_MAX = 262_144;
/** As many inputs as one request may carry. */
export const INPUTS_MAX = 200;
/** Handoff keys are made of it, and a desk takes keys of 128 characters. */
const SESSION = /^[A-Za-z0-9._-]{8,100}$/;
/** What a session begins with travels in its snapshot: more than the largest profile has no room there. */
const CONFIG_MAX = 16_384;
/** What a session may begin with. */
const BEGINS = ['user', 'language', 'profile', 'unsupported', 'explain'];

export interface Asked {
  session: string;
  snapshot: string | undefined;
  /** What a new session begins with. */
  config: Omit<Config, 'session'>;
  inputs: Input[];
  /** Whether a single input that the engine does not take is the whole request's refusal. */
  alone: boolean;
}

type Fields = Record<string, unknown>;

/** What the body of a request to this route asks for. */
export async function read(request: Request, route: string): Promise<Asked> {
  const body = await json(request);
  const { session, snapshot, config, ...rest } = body;
  if (typeof session !== 'string' || !SESSION.test(session)) {
    throw invalid('/session', 'must be 8 to 100 letters, digits, dots, dashes or underscores, chosen at random by the client');
  }
  if (snapshot != null && typeof snapshot !== 'string') throw invalid('/snapshot', 'must be the text of the last answer, or be left out to begin');
  if (config != null && !(isFields(config) && Object.keys(config).every((key) => BEGINS.includes(key)))) {
    throw invalid('/config', `must be an object, and may have ${BEGINS.join(', ')}`);
  }
  if (JSON.stringify(config ?? {}).length > CONFIG_MAX) throw invalid('/config', `must be at most ${CONFIG_MAX} characters of JSON`);
  if (config != null && snapshot != null) throw invalid('/config', 'is for the request that begins a session: leave it out, or leave out the snapshot');
  return { session, snapshot: snapshot ?? undefined, config: (config ?? {}) as Asked['config'], ...inputsOf(rest, route) };
}

function inputsOf(fields: Fields, route: string): Pick<Asked, 'inputs' | 'alone'> {
  if (route === 'events') return { inputs: happenings(fields['events']), alone: false };
  const { t } = fields;
  if (typeof t !== 'number' || !Number.isSafeInteger(t)) throw invalid('/t', 'must be the time on the user’s device, in whole milliseconds since 1970');
  return { inputs: [wordOf(fields, route, t)], alone: true };
}

/** What the user said, chose, or wants of a human; or what the desk told the client. */
function wordOf(fields: Fields, route: string, t: number): Input {
  const { text, id, ask, update } = fields;
  if (route === 'say') {
    if (typeof text !== 'string') throw invalid('/text', 'must be what the user typed');
    return { input: 'say', t, text };
  }
  if (route === 'choose') {
    if (typeof id !== 'string') throw invalid('/id', 'must be the id of the choice, or "offer:<number>:accept" or ":decline"');
    return { input: 'choose', t, id };
  }
  if (ask === true) return { input: 'ask_human', t };
  if (isFields(update)) return { input: 'handoff', t, update: update as never };
  throw invalid('/ask', 'must be true, or `update` must be what the desk said');
}

/** Inputs as the engine knows them; each that it does not take is refused by itself. */
function happenings(events: unknown): Input[] {
  if (!Array.isArray(events) || events.length > INPUTS_MAX) throw invalid('/events', `must be a list of at most ${INPUTS_MAX}`);
  return events.map((each: unknown) => (isFields(each) ? { input: 'event', ...each } : each) as Input);
}

async function json(request: Request): Promise<Fields> {
  const text = await bounded(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Problem('body_unreadable', `The body is no JSON: ${(error as Error).message}.`);
  }
  if (!isFields(body)) throw invalid('', 'must be an object');
  return body;
}

/** The body's text; one that is too large is not read to its end. */
async function bounded(request: Request): Promise<string> {
  const tooLarge = () => new Problem('body_too_large', `The body has more than ${BODY_MAX} bytes: send fewer events at once.`);
  const { headers } = request;
  if (Number(headers.get('content-length') ?? 0) > BODY_MAX) throw tooLarge();
  // The host holds a body to its length, unless it comes in chunks as well; at once costs far less than in parts.
  if (headers.has('content-length') && !headers.has('transfer-encoding')) return request.text();
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > BODY_MAX) {
      void reader?.cancel().catch(() => undefined);
      throw tooLarge();
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(place: string, sentence: string): Problem {
  const what = place === '' ? 'The body' : `\`${place}\``;
  return new Problem('body_invalid', `${what} ${sentence}.`, { place });
}
