import type { LogRecord } from '../model/envelope.ts';
import { holdsAny } from '../sigma/literals.ts';

/** Word stems that show trouble in a message, in lower case; each counts wherever it stands in the text. */
export const defaultKeywords: readonly string[] = [
  'abort',
  'alert',
  'attack',
  'backdoor',
  'blocked',
  'break-in',
  'corrupt',
  'crash',
  'crit',
  'denied',
  'dropped',
  'emerg',
  'error',
  'exceeded',
  'exception',
  'exhausted',
  'exploit',
  'fail',
  'fatal',
  'forbidden',
  'illegal',
  'incorrect',
  'injection',
  'intrus',
  'invalid',
  'killed',
  'malicious',
  'malware',
  'no space left',
  'not allowed',
  'oom-',
  'oom_',
  'out of memory',
  'overflow',
  'panic',
  'read-only file system',
  'refus',
  'rejected',
  'rootkit',
  'scan',
  'segfault',
  'spoof',
  'suspicious',
  'timed out',
  'timeout',
  'too many',
  'traceback',
  'unable to',
  'unauthor',
  'violation',
  'virus',
  'vulnerab',
  'warn',
];

/** The keywords that a user's list means: `a,b` replaces the default ones, `+a,b` adds to them; blanks around are dropped. */
export function readKeywords(list: string | undefined): readonly string[] {
  if (list === undefined) return defaultKeywords;
  const isAdded = list.trimStart().startsWith('+');
  const own = (isAdded ? list.trimStart().slice(1) : list)
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  return isAdded ? [...defaultKeywords, ...own] : own;
}

/** Tells whether a record holds a keyword. */
export type KeywordTest = (record: LogRecord) => boolean;

/** How many user agents and referrers are remembered: there are few, and they come again and again. */
const maxRemembered = 2_000;

/** The test for `keywords` (in lower case): in the message, or in the request's parts when there is no message. */
export function keywordTest(keywords: readonly string[]): KeywordTest {
  const holds = holdsAny(keywords);
  const isIn = (text: string): boolean => holds(text.toLowerCase());
  const remembered = new Map<string, boolean>();
  const isInRepeated = (text: string | undefined): boolean => {
    if (text === undefined) return false;
    const known = remembered.get(text);
    if (known !== undefined) return known;
    if (remembered.size >= maxRemembered) remembered.clear();
    const found = isIn(text);
    remembered.set(text, found);
    return found;
  };
  return ({ message, url, user_agent: agent, http, original }) => {
    if (message !== undefined) return isIn(message);
    if (url === undefined && agent === undefined && http === undefined) return isIn(original);
    const address = url?.original ?? url?.path ?? '';
    return isIn(address) || isInRepeated(agent?.original) || isInRepeated(http?.request?.referrer);
  };
}
