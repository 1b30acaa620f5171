// What the page and the worker say to each other: numbered calls, answered in order, some in one message.

import type { Input, Output } from '../contracts/index.ts';
import type { Started, StartRequest } from './engine.ts';

export type Call =
  | { call: 'start'; request: StartRequest }
  | { call: 'push'; input: Input }
  | { call: 'save' };

export type StartAnswer = Omit<Started, 'core'>;

export interface Answers {
  start: StartAnswer;
  push: Output;
  save: string;
}

/** What the worker says unasked when its script runs, before it answers anything. */
export const UP = 'up';

/** An error on its way through `postMessage`. */
export interface Failure {
  message: string;
  /** The core's kind of error, or `off` where the bundle is switched off; empty for any other. */
  kind: string;
  /** The core trapped: it can never be called again. */
  fatal: boolean;
}

export type Request = { calls: (Call & { id: number })[] };
export type Reply = { replies: Answered[] };
type Answered = { id: number; value: unknown } | { id: number; failure: Failure };

/** Answers calls one after the other; what fails costs only itself. */
export async function answered(calls: Request['calls'], answer: (call: Call) => Promise<unknown>): Promise<Reply> {
  const replies: Answered[] = [];
  for (const call of calls) {
    const { id } = call;
    replies.push(await answer(call).then((value) => ({ id, value }), (error: unknown) => ({ id, failure: failureOf(error) })));
  }
  return { replies };
}

export function failureOf(error: unknown): Failure {
  const { message, kind } = (error ?? {}) as { message?: string; kind?: string };
  return {
    message: message ?? String(error),
    kind: typeof kind === 'string' ? kind : '',
    fatal: isTrap(error),
  };
}

/** Whether the core trapped; there may be no Wasm at all to say so. */
export function isTrap(error: unknown): boolean {
  return typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError;
}
