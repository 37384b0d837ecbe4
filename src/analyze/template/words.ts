/*
 * Hot path: one walk over the characters of each entry, without regular expressions for what most words are. Measured on
 * lines of sshd: twice as fast as a list of masks that are replaced one after the other.
 */
import { textStart } from './header.ts';

/** Stands for a word that differs from entry to entry. */
export const variable = '*';

/** How much of a message is looked at, in characters and in words: what follows seldom tells another story. */
const maxScanned = 2_000;
const maxWords = 100;

/** Words of a message, with what differs from entry to entry replaced, and where each of them stands. */
export interface Words {
  readonly words: readonly string[];
  /** Start and end of each word in the message, one after the other. */
  readonly places: readonly number[];
}

const blank = 1;
/** Stands between words, and inside what is one value (`10.0.0.1:22`, `(0,0)`). */
const glue = 2;
/** Ends a sentence or a clause: values on both sides are two. */
const stop = 3;

const kinds = new Uint8Array(128);
for (let code = 0; code <= 0x20; code++) kinds[code] = blank;
for (const character of '()[]{}<>"\'=,;|:&#') kinds[character.charCodeAt(0)] = glue;
for (const character of '`!?') kinds[character.charCodeAt(0)] = stop;

const constants = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off']);
const units = new Set('B kB KB MB GB TB KiB MiB GiB bytes byte ms s sec secs second seconds'.split(' '));
const calendar = new Set('Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));
const fileEnding = /\.(?:exe|dll|log|conf|cfg|php|js|html?|so|sh|py|xml|json|txt|gz|pid|sock)$/i;

/** Splits a message into words; `name` (a user's) counts as a value wherever it stands. Never throws; linear in the message. */
export function wordsOf(message: string, name: string | undefined): Words {
  const scanner = new Scanner(message, name);
  return scanner.scan();
}

/** One walk over one message. */
class Scanner {
  readonly #message: string;
  readonly #name: string | undefined;
  readonly #end: number;
  readonly #words: string[] = [];
  readonly #places: number[] = [];
  /** Whether nothing but blanks and glue came since the last word. */
  #isGlued = true;
  #isAfterEquals = false;

  constructor(message: string, name: string | undefined) {
    this.#message = message;
    this.#name = name;
    this.#end = Math.min(message.length, maxScanned);
  }

  scan(): Words {
    let position = textStart(this.#message);
    while (position < this.#end && this.#words.length < maxWords) position = this.#step(position);
    // What an entry starts with, if it differs, is rather a part of its header.
    if (this.#words.length > 1 && this.#words[0] === variable) {
      this.#words.shift();
      this.#places.splice(0, 2);
    }
    return { words: this.#words, places: this.#places };
  }

  #step(position: number): number {
    const code = this.#message.charCodeAt(position);
    const kind = code < 128 ? kinds[code] : 0;
    if (kind === blank) {
      this.#isAfterEquals = false;
      return position + 1;
    }
    if (code === 0x22) {
      const end = this.#quotedEnd(position);
      if (end !== undefined) {
        this.#addVariable(position, end);
        return end;
      }
    }
    if (kind === glue || kind === stop) {
      if (kind === stop) this.#isGlued = false;
      this.#isAfterEquals = code === 0x3d;
      return position + 1;
    }
    const end = this.#isPath(position, code) ? this.#pathEnd(position) : this.#wordEnd(position);
    this.#add(position, end);
    this.#isAfterEquals = false;
    return end;
  }

  /** The end of a quoted text without blanks, which is one value. */
  #quotedEnd(start: number): number | undefined {
    for (let index = start + 1; index < this.#end; index++) {
      const code = this.#message.charCodeAt(index);
      if (code === 0x22) return index > start + 1 ? index + 1 : undefined;
      if (code <= 0x20) return undefined;
    }
    return undefined;
  }

  #isPath(start: number, code: number): boolean {
    const message = this.#message;
    if (code === 0x2f) return isNameCode(message.charCodeAt(start + 1));
    // The colon of `https://` comes within eight characters, or not at all.
    return code >= 0x61 && code <= 0x7a && /^[a-z]{2,8}:\/\//.test(message.slice(start, start + 11));
  }

  #pathEnd(start: number): number {
    let end = start;
    for (; end < this.#end; end++) {
      const code = this.#message.charCodeAt(end);
      if (code <= 0x20 || code === 0x22 || code === 0x27 || code === 0x3c || code === 0x3e) break;
    }
    return end;
  }

  #wordEnd(start: number): number {
    let end = start + 1;
    for (; end < this.#end; end++) {
      const code = this.#message.charCodeAt(end);
      if (code < 128 && kinds[code] !== 0) break;
    }
    return end;
  }

  #add(start: number, end: number): void {
    const word = this.#message.slice(start, end);
    if (isPunctuation(word)) return;
    if (this.#isAfterEquals ? !constants.has(word.toLowerCase()) : isValue(word) || this.#isHostAndPort(word, end)) {
      this.#addVariable(start, end);
    } else if (word === this.#name && !this.#message.startsWith(` ${word}`, end)) {
      this.#addVariable(start, end);
    } else if (units.has(word) && this.#endsWithVariable()) {
      this.#places[this.#places.length - 1] = end;
    } else {
      this.#push(word.endsWith('.') && word.length > 1 ? word.slice(0, -1) : word, start, end);
    }
  }

  #addVariable(start: number, end: number): void {
    if (this.#endsWithVariable()) this.#places[this.#places.length - 1] = end;
    else this.#push(variable, start, end);
  }

  #endsWithVariable(): boolean {
    return this.#isGlued && this.#words.at(-1) === variable;
  }

  #push(word: string, start: number, end: number): void {
    this.#words.push(word);
    this.#places.push(start, end);
    this.#isGlued = true;
  }

  #isHostAndPort(word: string, end: number): boolean {
    if (this.#message.charCodeAt(end) !== 0x3a || !word.includes('.')) return false;
    const next = this.#message.charCodeAt(end + 1);
    return next >= 0x30 && next <= 0x39;
  }
}

function isNameCode(code: number): boolean {
  return code === 0x2e || code === 0x5f || (code >= 0x30 && code <= 0x39) || (code | 0x20) >= 0x61;
}

function isPunctuation(word: string): boolean {
  return word.length <= 3 && /^[-.+/*\\~]+$/.test(word);
}

/** Tells whether a word differs from entry to entry by its looks: numbers, paths, hosts, files, addresses of mail, dates. */
function isValue(word: string): boolean {
  let dots = 0;
  let slashes = 0;
  let isLower = true;
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index);
    if ((code >= 0x30 && code <= 0x39) || (code === 0x40 && index > 0)) return true;
    if (code === 0x2e) dots++;
    else if (code === 0x2f || code === 0x5c) slashes++;
    else if ((code >= 0x41 && code <= 0x5a) || code === 0x5f) isLower = false;
  }
  if (slashes > 1 || (slashes === 1 && (word[0] === '/' || word[0] === '\\'))) return true;
  if (dots > 0) return (dots > 1 && isLower && !word.endsWith('.')) || fileEnding.test(word);
  return word.length === 3 && calendar.has(word);
}

/** Tells whether a word is rather a name than a word of a language: `eth_in`, `AppMain`, `sys.boot`. */
export function isNameLike(word: string): boolean {
  return word === variable || /[^A-Za-z]|[a-z][A-Z]/.test(word);
}
