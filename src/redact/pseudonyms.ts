import type { Kind } from './pattern.ts';
import { isWellKnownUser } from './well-known.ts';

/** What stands for a secret. */
export const secretMark = '<secret>';

/** What stands for anything that was taken out. */
export const marks = /<(?:secret|(?:ip|user|host|email|mac|phone|account|id)-\d{1,6}(?::[a-z]{1,10})?)>/g;

/** Gives the same name the same pseudonym, and the name back for a pseudonym. Lives for one request, and in memory only. */
export class Pseudonyms {
  readonly #byName = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<Kind, number>();

  /** The pseudonym of a name: `<ip-3:public>`, `<user-1>`; a secret has none of its own. */
  of(kind: Kind, name: string): string {
    if (kind === 'secret') return secretMark;
    if (kind === 'user' && isWellKnownUser(name)) return name;
    const key = `${kind} ${name.toLowerCase()}`;
    const known = this.#byName.get(key);
    if (known !== undefined) return known;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const pseudonym = `<${kind}-${number}${kind === 'ip' ? `:${scopeOf(name)}` : ''}>`;
    this.#byName.set(key, pseudonym);
    this.#names.set(pseudonym, name);
    return pseudonym;
  }

  /** The name behind a pseudonym, or undefined when it was never given out. */
  nameOf(pseudonym: string): string | undefined {
    return this.#names.get(pseudonym);
  }

  /** All names that have a pseudonym, with their kinds. */
  names(): readonly (readonly [kind: Kind, name: string])[] {
    return [...this.#names].map(([pseudonym, name]) => [kindOf(pseudonym), name]);
  }
}

const kinds: readonly Kind[] = ['ip', 'user', 'host', 'email', 'mac', 'phone', 'account', 'id'];

function kindOf(pseudonym: string): Kind {
  return kinds.find((kind) => pseudonym.startsWith(`<${kind}-`)) ?? 'id';
}

/** Where an address is. Source: RFC 6890, RFC 4193, RFC 4291. */
function scopeOf(address: string): 'loopback' | 'private' | 'public' {
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  if (plain === '::1' || plain.startsWith('127.')) return 'loopback';
  return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(
    plain,
  )
    ? 'private'
    : 'public';
}
