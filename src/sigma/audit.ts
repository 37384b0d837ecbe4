import type { LogRecord } from '../model/envelope.ts';

/**
 * The value of one key of an audit record, as auditd means it: without quotes, and decoded where it is written in hexadecimal
 * because of blanks or quotes in it. Undefined for what is no audit record or has no such key. Linear in the entry.
 * Source: audit-userspace, auparse/interpret.c; keys that are written so: auparse/typetab.h (ESCAPED).
 */
export function auditValue(record: LogRecord, key: string): string | undefined {
  if (!isAudit(record)) return undefined;
  const { original } = record;
  // The first such key counts: what a user has a say in stands in quotes, or in hexadecimal.
  const start = original.indexOf(` ${key}=`);
  if (start < 0) return undefined;
  const from = start + key.length + 2;
  if (original[from] === '"') {
    const end = original.indexOf('"', from + 1);
    return end < 0 ? undefined : original.slice(from + 1, end);
  }
  const word = original.slice(from, wordEnd(original, from));
  return isEscaped(key, record) && word.length % 2 === 0 && hexadecimal.test(word)
    ? Buffer.from(word, 'hex').toString('utf8').replaceAll('\0', ' ')
    : word;
}

/** The command line that a record tells of, of an audit record too: undefined when it tells of none. */
export function commandLineOf(record: LogRecord): string | undefined {
  const line = record.process?.['command_line'];
  if (typeof line === 'string') return line;
  if (!isAudit(record)) return undefined;
  switch (record.event?.['code']) {
    case 'EXECVE':
      return argumentsOf(record);
    case 'USER_CMD':
      return auditValue(record, 'cmd');
    default:
      return undefined;
  }
}

const maxArguments = 64;

function argumentsOf(record: LogRecord): string | undefined {
  const words: string[] = [];
  while (words.length < maxArguments) {
    const word = auditValue(record, `a${words.length}`);
    if (word === undefined) break;
    words.push(word);
  }
  return words.length === 0 ? undefined : words.join(' ');
}

function isAudit({ log }: LogRecord): boolean {
  return log.dataset === 'auditd';
}

function wordEnd(text: string, from: number): number {
  const blank = text.indexOf(' ', from);
  const end = blank < 0 ? text.length : blank;
  return text[end - 1] === "'" ? end - 1 : end;
}

/** The arguments of a call to the system are numbers, those of a program are texts. */
function isEscaped(key: string, { event }: LogRecord): boolean {
  return /^a\d+$/.test(key) ? event?.['code'] === 'EXECVE' : escaped.test(key);
}

const escaped = /^(?:acct|cmd|comm|cwd|data|exe|file|key|name|new|old|path|proctitle|watch)$/;
const hexadecimal = /^(?:[0-9A-F]{2})+$/;
