import type { LogRecord } from '../../model/envelope.ts';
import { decodeText, foldText } from './decode.ts';

/** Where in a request a text stood. */
export type Place = 'path' | 'name' | 'value' | 'query' | 'referrer' | 'agent';

/** One text of a request that an application may take in. */
export interface RequestText {
  readonly place: Place;
  /** The name of the parameter, folded, where the text is its value; else empty. */
  readonly name: string;
  /** As it came. */
  readonly raw: string;
  /** With all encodings undone. */
  readonly decoded: string;
  /** The same in lower case, each run of blanks as one space. */
  readonly text: string;
}

/** Longest text that is judged, in characters: what attacks does so at its start, and a line may be of 64 KiB. */
const maxLength = 4_096;

/** Most parameters of one request that are looked at one by one. */
const maxParameters = 200;

/** What any attack in one text of a request has, and what tells so from bytes. */
interface Notable {
  /** Finds something in each text that is worth decoding. */
  readonly pattern: RegExp;
  /** In lower case: in each text that the pattern finds something in stands one of these, */
  readonly parts: readonly string[];
  /** or it starts with one of these. */
  readonly starts: readonly string[];
}

const blankParts = [' ', '\t', '\n', '\r', '\f', '\v'];
const shellWords = ['cat', 'ls', 'id', 'env', 'ps', 'wget', 'curl'];
const schemes = ['data', 'java', 'vb', 'file', 'local', 'unix'];

/** By where it stands: for each, a character beside those of ordinary texts, or a word that works without. */
export const notable: Readonly<Record<'address' | 'referrer' | 'agent', Notable>> = {
  address: {
    pattern:
      /[%+"'<>(){}[\]`$|;\\^~!*\s]|\.\.|\/\.|:\/|--|=\/|^\/\/|[:=](?:data|java|vb|file|local|unix)|_\$|ro0ab|@@|\bo:\d|xp_|__|==|\bconstructor[.[%]|\.constructor|classloader|=etc\/|=\.(?:env|ht|git|ssh|aws)|=wp-config|=web\.config|=(?:web|meta)-inf|=(?:aced0005|tzo[rxyz\d]|yto[xyz\d])|process\./i,
    parts: [
      ...'%+"\'<>(){}[]`$|;\\^~!*',
      ...[...blankParts, '..', '/.', ':/', '--', '=/', '_$', 'ro0ab', '@@', 'o:', 'xp_', '__', '==', 'classloader'],
      ...['=aced0005', '=tzo', '=yto', '=etc/', '=.env', '=.ht', '=.git', '=.ssh', '=.aws', '=wp-config', '=web.config'],
      ...['=web-inf', '=meta-inf'],
      ...['constructor.', '.constructor', 'process.', ...[':', '='].flatMap((sign) => schemes.map((word) => sign + word))],
    ],
    starts: ['//'],
  },
  // The page that a client came from is written by the client too; but its address alone says little.
  referrer: {
    pattern: /%[2-7][0-9a-f]|["'<>(){}`$|;\\^\s]|\.\.\//i,
    parts: [...'%"\'<>(){}`$|;\\^', ...blankParts, '../'],
    starts: [],
  },
  // Programs name themselves with dots, slashes, brackets and semicolons, so that these say nothing.
  agent: {
    pattern:
      /["'<>{}`$|\\]|\(\)|^[;(&|]|;\s?(?:cat|ls|id|env|ps|wget|curl)\b|%[2-7][0-9a-f]|select|waitfor|sleep ?\(|[ (]on[a-z]{3,12}=|document\.|script:|&#|\.\.[\\/]/i,
    parts: [
      ...'"\'<>{}`$|\\%',
      ...['()', 'select', 'waitfor', 'sleep(', 'sleep (', ' on', '(on', 'document.', 'script:', '&#', '../', '..\\'],
      ...shellWords.flatMap((word) => ['', ...blankParts].map((blank) => `;${blank}${word}`)),
    ],
    starts: [';', '(', '&', '|'],
  },
};

/**
 * The texts of a request that may hold an attack, decoded: path, names and values of parameters, referrer and user agent.
 * None for ordinary requests, at the cost of one look at each of the three.
 */
export function requestTexts(record: LogRecord): readonly RequestText[] {
  const texts: RequestText[] = [];
  const { url, user_agent: agent, http } = record;
  const address = url?.original ?? url?.path;
  if (typeof address === 'string' && notable.address.pattern.test(address)) addAddress(texts, unlogged(address));
  const referrer = http?.request?.referrer;
  if (typeof referrer === 'string' && notable.referrer.pattern.test(referrer)) addReferrer(texts, unlogged(referrer));
  const client = agent?.original;
  if (typeof client === 'string' && notable.agent.pattern.test(client)) texts.push(textOf('agent', unlogged(client)));
  return texts;
}

/** What web servers write for quotes, backslashes and bytes that they do not print. */
const logged = /\\x([0-9a-f]{2})|\\(["'])/gi;

function unlogged(text: string): string {
  const short = text.length > maxLength ? text.slice(0, maxLength) : text;
  if (!short.includes('\\')) return short;
  return short.replace(logged, (_, digits: string | undefined, quote: string | undefined) =>
    digits === undefined ? (quote ?? '') : String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function addAddress(texts: RequestText[], address: string): void {
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  if (notable.address.pattern.test(path)) texts.push(textOf('path', path));
  if (mark >= 0) addQuery(texts, address.slice(mark + 1));
}

function addQuery(texts: RequestText[], query: string): void {
  const parts = query.split('&', maxParameters);
  for (const part of parts) {
    const sign = part.indexOf('=');
    const name = textOf('name', sign < 0 ? part : part.slice(0, sign), true);
    if (notable.address.pattern.test(name.raw)) texts.push(name);
    if (sign < 0) continue;
    const value = { ...textOf('value', part.slice(sign + 1), true), name: name.text };
    texts.push(value);
    const packed = unpacked(value.decoded);
    if (packed !== undefined) texts.push({ ...value, decoded: packed, text: foldText(packed) });
  }
  // What was cut at an `&` of its own; browsers encode the characters that such a text has.
  if (parts.length > 1 && /[<>"`|;({]|&&/.test(query)) texts.push(textOf('query', query, true));
}

/** What a value in base64 holds, if that is text. */
function unpacked(value: string): string | undefined {
  if (value.length < 16 || value.length % 4 !== 0 || !base64.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('latin1');
  return printable.test(text) ? decodeText(text, false) : undefined;
}

const base64 = /^[\w+/ -]+={0,2}$/;
const printable = /^[\t\n\r\x20-\x7e]+$/;

function addReferrer(texts: RequestText[], referrer: string): void {
  const mark = referrer.indexOf('?');
  texts.push(textOf('referrer', mark < 0 ? referrer : referrer.slice(0, mark)));
  if (mark < 0) return;
  const before = texts.length;
  addQuery(texts, referrer.slice(mark + 1));
  for (let index = before; index < texts.length; index++) {
    const text = texts[index];
    // A search that led here is not a parameter of this site.
    if (text !== undefined) texts[index] = { ...text, name: '', place: 'referrer' };
  }
}

function textOf(place: Place, raw: string, isForm = false): RequestText {
  const decoded = decodeText(raw, isForm);
  return { place, name: '', raw, decoded, text: foldText(decoded) };
}
