// TextDecoder and TextEncoder for hosts without them.

/** UTF-8 both ways, as the standard's classes do it; bad bytes become U+FFFD, half pairs too. */
export class TextDecoder {
  decode(bytes?: Uint8Array): string {
    if (!bytes) return '';
    let text = '';
    let units: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const [point, next] = pointAt(bytes, at);
      at = next;
      if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
      else units.push(point);
      if (units.length > 4_000) {
        text += String.fromCharCode.apply(null, units);
        units = [];
      }
    }
    return text + String.fromCharCode.apply(null, units);
  }
}

/** The character that begins at `at`, and where the next one does. */
function pointAt(bytes: Uint8Array, at: number): [number, number] {
  const first = bytes[at]!;
  if (first < 0x80) return [first, at + 1];
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let point = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return [0xfffd, at + i];
    point = (point << 6) | (byte & 0x3f);
  }
  const shortest = [0, 0, 0x80, 0x800, 0x10000][length]!;
  const bad = first < 0xc2 || first > 0xf4 || point < shortest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000);
  return [bad ? 0xfffd : point, at + length];
}

export class TextEncoder {
  encode(text: string): Uint8Array {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
    let to = 0;
    let at = 0;
    for (; at < text.length; at++) {
      let point = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      if (point >= 0xd800 && point < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (next - 0xdc00);
        at += 1;
      } else if (point >= 0xd800 && point < 0xe000) {
        point = 0xfffd;
      }
      if (point < 0x80) {
        into[to++] = point;
        continue;
      }
      const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      into[to++] = [0, 0xc0, 0xe0, 0xf0][more]! | (point >> (6 * more));
      for (let i = more - 1; i >= 0; i--) into[to++] = 0x80 | ((point >> (6 * i)) & 0x3f);
    }
    return { read: at, written: to };
  }
}
