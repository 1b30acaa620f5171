// What is answered where a request cannot be served: RFC 9457, with a sentence that says what to do.

/** Each code and its status. Codes are part of the contract: docs/edge-openapi.yaml. */
const STATUS = {
  body_unreadable: 400,
  body_invalid: 400,
  snapshot_unreadable: 400,
  snapshot_changed: 403,
  snapshot_foreign: 403,
  not_found: 404,
  method_not_allowed: 405,
  snapshot_replayed: 409,
  snapshot_other_bundle: 409,
  snapshot_expired: 410,
  body_too_large: 413,
  input_refused: 422,
  engine_failed: 500,
  switched_off: 503,
  not_ready: 503,
} as const;

export type Code = keyof typeof STATUS;

export class Problem extends Error {
  constructor(
    readonly code: Code,
    sentence: string,
    private readonly more: { place?: string; headers?: Record<string, string> } = {},
  ) {
    super(sentence);
  }

  get status(): number {
    return STATUS[this.code];
  }

  response(): Response {
    const { place, headers } = this.more;
    const body = {
      type: `urn:unstuck:edge:${this.code}`,
      title: this.code.replaceAll('_', ' '),
      status: this.status,
      detail: this.message,
      code: this.code,
      // The session cannot go on, but a new one can begin at once.
      begin_anew: this.code.startsWith('snapshot_'),
      ...(place === undefined ? {} : { place }),
    };
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    });
  }
}
