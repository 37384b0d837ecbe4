import type { LogRecord } from '../model/envelope.ts';

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

/** Tells whether one of `keywords` (in lower case) is in the message; in the request's parts, when there is no message. */
export function holdsKeyword(record: LogRecord, keywords: readonly string[]): boolean {
  const text = (record.message ?? requestText(record)).toLowerCase();
  for (const keyword of keywords) if (text.includes(keyword)) return true;
  return false;
}

function requestText({ url, user_agent: agent, http, original }: LogRecord): string {
  if (url === undefined && agent === undefined && http === undefined) return original;
  return `${url?.original ?? url?.path ?? ''}\n${agent?.original ?? ''}\n${http?.request?.referrer ?? ''}`;
}
