// Bytes as text and back: there is neither `atob` nor `btoa` on these hosts.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function bytesOf(base64: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[LETTERS.charCodeAt(i)] = i;
  const length = base64.replace(/=+$/, '').length;
  const bytes = new Uint8Array((length * 3) >> 2);
  let to = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < length; at++) {
    held = (held << 6) | values[base64.charCodeAt(at) & 127]!;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to++] = (held >> bits) & 0xff;
  }
  return bytes;
}

export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const left = bytes.length - at;
    const held = (a << 16) | (b << 8) | c;
    parts.push(
      LETTERS.charAt(held >> 18) + LETTERS.charAt((held >> 12) & 63) +
      (left > 1 ? LETTERS.charAt((held >> 6) & 63) : '=') + (left > 2 ? LETTERS.charAt(held & 63) : '='),
    );
  }
  return parts.join('');
}
