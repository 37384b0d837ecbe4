import type { LogRecord } from '../../model/envelope.ts';
import { isExpressionInjection, isPhpInjection } from './code.ts';
import { isForeignAddress, isTraversal } from './files.ts';
import { isHeaderInjection, isLookup, isQueryInjection, isSerialized, isXmlEntity } from './other.ts';
import { isCommandInjection } from './shell.ts';
import { isSqlInjection } from './sql.ts';
import { type RequestText, requestTexts } from './values.ts';
import { isScriptInjection } from './xss.ts';

/** By the name that rules know it by, each judge of the texts of a request. */
const judges: Readonly<Record<string, (text: RequestText) => boolean>> = {
  sql: isSqlInjection,
  script: isScriptInjection,
  command: isCommandInjection,
  php: isPhpInjection,
  expression: isExpressionInjection,
  traversal: isTraversal,
  address: isForeignAddress,
  query: isQueryInjection,
  header: isHeaderInjection,
  lookup: isLookup,
  serialized: isSerialized,
  xml: isXmlEntity,
};

const entries = Object.entries(judges);
const none: readonly string[] = [];

/**
 * The attacks that a request carries, by name: `sql`, `script`, `command`, `php`, `expression`, `traversal`, `address`, `query`,
 * `header`, `lookup`, `serialized`, `xml`. None, fast, for nearly all requests. Linear in the request; never throws.
 */
export function attacksOf(record: LogRecord): readonly string[] {
  const texts = requestTexts(record);
  if (texts.length === 0) return none;
  const found: string[] = [];
  for (const [name, isGuilty] of entries) if (texts.some((text) => isGuilty(text))) found.push(name);
  return found;
}
