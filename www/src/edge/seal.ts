// A session's snapshot on its way: encrypted and authenticated by WebCrypto, and bound to what it is for.

import type { Config } from '../contracts/index.ts';
import { Problem } from './problem.ts';

/** The first byte of a token; another form gets another one. */
const VERSION = 1;
const SALT_BYTES = 16;
const IV_BYTES = 12;
/** The engine's largest snapshot, 131,072 bytes, and what it is bound to, in base64. */
export const TOKEN_MAX = 200_000;
/** 32 characters of base64 have 192 random bits: no less is worth a 256-bit key. */
const SECRET_MIN = 32;

/** What a snapshot is bound to, and what it holds. */
export interface Sealed {
  tenant: string;
  session: string;
  /** How many requests of this session were answered. */
  sequence: number;
  /** The id of the bundle that the session runs on. */
  bundle: string;
  /** By the server's clock, in milliseconds since 1970. */
  expires: number;
  /** What the session began with; its client cannot change that later. */
  config: Config;
  /** The engine's own snapshot. */
  state: string;
}

export class Sealer {
  readonly #secrets: Promise<CryptoKey>[];

  constructor(secret: string | readonly string[]) {
    const secrets = typeof secret === 'string' ? [secret] : [...(secret ?? [])];
    const short = secrets.some((each) => typeof each !== 'string' || each.length < SECRET_MIN);
    if (secrets.length === 0 || short) {
      throw new Error(`\`secret\` needs at least ${SECRET_MIN} random characters, or a list of such: make one with "openssl rand -base64 32", and keep it among the host's secrets`);
    }
    this.#secrets = secrets.map((each) => crypto.subtle.importKey('raw', utf8(each), 'HKDF', false, ['deriveKey']));
  }

  async seal({ state, ...bound }: Sealed): Promise<string> {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const key = await keyOf(await this.#secrets[0]!, salt);
    // The state's text as it is: JSON in JSON would grow by its quotes.
    const plain = utf8(`${JSON.stringify(bound)}\n${state}`);
    const cipher = new Uint8Array(await crypto.subtle.encrypt(sealing(iv), key, plain));
    const token = new Uint8Array(1 + SALT_BYTES + IV_BYTES + cipher.length);
    token[0] = VERSION;
    token.set(salt, 1);
    token.set(iv, 1 + SALT_BYTES);
    token.set(cipher, 1 + SALT_BYTES + IV_BYTES);
    return toBase64Url(token);
  }

  /** What a token holds, if one of the secrets made it and nobody changed it since. */
  async open(token: string): Promise<Sealed> {
    const bytes = token.length <= TOKEN_MAX ? fromBase64Url(token) : undefined;
    if (bytes?.[0] !== VERSION || bytes.length < 1 + SALT_BYTES + IV_BYTES) {
      throw new Problem('snapshot_unreadable', 'The snapshot is none that this version made: send the last one unchanged, or begin a new session without one.');
    }
    const salt = bytes.slice(1, 1 + SALT_BYTES);
    const iv = bytes.slice(1 + SALT_BYTES, 1 + SALT_BYTES + IV_BYTES);
    const cipher = bytes.slice(1 + SALT_BYTES + IV_BYTES);
    for (const secret of this.#secrets) {
      const key = await keyOf(await secret, salt);
      const plain = await crypto.subtle.decrypt(sealing(iv), key, cipher).catch(() => undefined);
      if (plain) return parse(new TextDecoder().decode(plain));
    }
    throw new Problem('snapshot_changed', 'The snapshot was changed, or was made with a secret that this server no longer has: begin a new session without one.');
  }
}

/** A key for each token, so that no number of tokens wears a key out. */
function keyOf(secret: CryptoKey, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const derive = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('unstuck edge snapshot') };
  return crypto.subtle.deriveKey(derive, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function sealing(iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new Uint8Array([VERSION]) };
}

function parse(plain: string): Sealed {
  const end = plain.indexOf('\n');
  return { ...(JSON.parse(plain.slice(0, end)) as Omit<Sealed, 'state'>), state: plain.slice(end + 1) };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** So many bytes a call, or `String.fromCharCode` runs out of stack. */
const CHUNK = 8_192;

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  // `apply`, because spreading is far slower: it goes through the bytes one by one.
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  // `Uint8Array.from` is far slower: it goes through the text by its iterator.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
