import type { FieldName } from '../fields.ts';
import type { Reading } from '../format.ts';
import { parseObject } from './payload.ts';
import { readObject } from './reading.ts';

/*
 * What Monolog writes behind a message: context and extra, each as JSON, `[]` for none, or nothing where it was told to
 * leave out what is empty. `%message% %context% %extra%`, so that the blanks tell which of them is there: a message can end
 * in JSON too, and that is whoever's it is. Source: Monolog, src/Monolog/Formatter/LineFormatter.php.
 */

/** What a context may say of an entry; level, logger and time stand before the message. */
const taken = /^(?:source|destination|user|user_agent|url|http|event|rule|transaction)\./;

/** What context and extra say, extra first, because processors write it and not the application. Linear in time. */
export function readMonologTail(message: string): Reading['fields'] {
  const fields = new Map<FieldName, string | number | readonly string[]>();
  for (const object of objectsAtEnd(message)) {
    for (const [name, value] of readObject(object).fields) if (taken.test(name) && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

type Objects = readonly Readonly<Record<string, unknown>>[];

function objectsAtEnd(message: string): Objects {
  // A trace in a string keeps its line feeds, which JSON does not have.
  const text = message.replaceAll('\r', '').replaceAll('\n', '\\n');
  if (text.endsWith(' ')) return text.endsWith('  ') ? [] : objectsOf(tokenAtEnd(text.slice(0, -1)));
  const extra = tokenAtEnd(text);
  const between = extra === undefined ? '' : text.slice(0, -extra.length);
  if (extra === undefined || !between.endsWith(' ')) return [];
  const context = between.endsWith('  ') ? '' : tokenAtEnd(between.slice(0, -1));
  return context === undefined ? [] : [...objectsOf(extra), ...objectsOf(context)];
}

function objectsOf(token: string | undefined): Objects {
  const object = token === undefined ? undefined : parseObject(token);
  return object === undefined ? [] : [object];
}

/** `[]`, or the JSON in brackets at the end of a text; undefined for none. */
function tokenAtEnd(text: string): string | undefined {
  if (!/[\]}]$/.test(text)) return undefined;
  let depth = 0;
  let isInString = false;
  for (let at = text.length - 1; at >= 0; at--) {
    const mark = text[at];
    if (mark === '"') {
      const escapes = backslashesBefore(text, at);
      if (escapes % 2 === 0) isInString = !isInString;
      at -= escapes;
    } else if (isInString) continue;
    else if (mark === ']' || mark === '}') depth++;
    else if ((mark === '[' || mark === '{') && --depth === 0) return text.slice(at);
  }
  return undefined;
}

function backslashesBefore(text: string, at: number): number {
  let from = at;
  while (from > 0 && text[from - 1] === '\\') from--;
  return at - from;
}
