// Templates for paths: what identifies a person, an order or a session never gets in.

// Numbers; four digits in a row (dates, orders, phones); hashes and UUIDs; mail, encoded text, base64; tokens.
const IDENTIFYING = /^\d+$|\d{4}|^(?=.*\d)[\da-f-]{8,}$|[@%+=~]|.{33}/i;

/** A path with every identifying segment replaced: `/orders/8813/refund` → `/orders/:id/refund`. */
export function template(path: string): string {
  const segments = (path.split(/[?;]/, 1)[0] ?? '').split('/').filter(Boolean);
  const kept = segments.map((s) => (IDENTIFYING.test(s) ? ':id' : s));
  return '/' + kept.join('/');
}

/** The screen of a location. A hash that looks like a path is the path of a hash-routed app. */
export function screenOf(location: { pathname: string; hash: string }): string {
  return template(pathOf(location));
}

/** The path that routing goes by, untemplated: only ever compared, never sent. */
export function pathOf(location: { pathname: string; hash: string }): string {
  const routed = /^#!?(\/.*)/.exec(location.hash);
  return routed?.[1] ?? location.pathname;
}
