import type { Reading } from '../format.ts';
import { isObject, plain, type Scalar } from './members.ts';
import { readMembers } from './reading.ts';

/** The object that a text is in JSON, or undefined. Never throws. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Pairs of logfmt: a key, and a word or a quoted text with escapes. */
const pair = /([\w.@-]{1,64})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?:\s+|$)/gy;
const start = /^(?:[\w.@-]{1,64}=(?:"[^"]*"|[^\s"]*)\s+){0,8}(?:time|ts|t|level|lvl|severity)=/;
const maxPairs = 100;

/** What a line of `key=value` says, one of which must be its time or level, or undefined. Source: brandur.org/logfmt. */
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
