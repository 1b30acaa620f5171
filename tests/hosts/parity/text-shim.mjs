// UTF-8 for hosts without TextEncoder and TextDecoder; as much of them as the glue uses.

export class TextEncoder {
  encode(text) {
    const bytes = [];
    for (const character of String(text)) {
      let code = character.codePointAt(0);
      // Half a surrogate pair has no UTF-8.
      if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return new Uint8Array(bytes);
  }
}

/** The engine writes sound UTF-8, so nothing is checked. */
export class TextDecoder {
  decode(bytes = new Uint8Array(0)) {
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++];
      const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let code = more === 0 ? first : first & (0x3f >> more);
      for (let n = 0; n < more; n += 1) code = (code << 6) | (bytes[at++] & 63);
      text += String.fromCodePoint(code);
    }
    return text;
  }
}
