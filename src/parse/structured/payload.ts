import type { Reading } from '../format.ts';
import { isObject, plain, type Scalar } from './members.ts';
import { readMembers } from './reading.ts';

/** The object that a text is in JSON, also as nginx writes it without `escape=json`; undefined for none. Never throws. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  return parsed(text) ?? (/\\x|":\s?[,}]/.test(text) ? parsed(mended(text)) : undefined);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * nginx escapes as `\xHH`, which JSON does not know, and writes nothing for a number that is not there. A quote of a client's
 * is `\x22`, so that no text of its can be a name. Source: nginx, log_format, escape=default.
 */
function mended(text: string): string {
  const escaped = text.replace(/\\(?:x([0-9A-Fa-f]{2})|.)/g, (all, hex?: string) => (hex === undefined ? all : `\\u00${hex}`));
  return escaped.replace(/"([\w.-]{1,64})":\s?(?=[,}])/g, '"$1":""');
}

/** Pairs of logfmt: a key, and a word or a quoted text with escapes. */
const pair = /([\w.@-]{1,64})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?:\s+|$)/gy;

/** What a line must have within its first pairs: a time, a level, or the method of a request. */
export const startKeys: readonly string[] = ['time', 'ts', 't', 'level', 'lvl', 'severity', 'method'];
/** How many pairs may stand before. */
export const startPairs = 8;
const start = new RegExp(`^(?:[\\w.@-]{1,64}=(?:"[^"]*"|[^\\s"]*)\\s+){0,${startPairs}}(?:${startKeys.join('|')})=`);
const maxPairs = 100;

/** What a line of `key=value` says, one of which must be of `startKeys`, or undefined. Source: brandur.org/logfmt. */
export function readLogfmt(text: string): Reading | undefined {
  if (!start.test(text)) return undefined;
  const members = new Map<string, Scalar>();
  pair.lastIndex = 0;
  for (let count = 0; count < maxPairs; count++) {
    const [, key, quoted, bare] = pair.exec(text) ?? [];
    if (key === undefined) break;
    if (!members.has(plain(key))) members.set(plain(key), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return members.size < 2 ? undefined : readMembers(members);
}
