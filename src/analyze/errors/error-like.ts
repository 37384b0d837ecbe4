import type { LogRecord } from '../../model/envelope.ts';
import { isAtLeastLevel } from '../../model/level.ts';
import { holdsAny } from '../../sigma/literals.ts';

/**
 * Words of a message that tell of an error, in lower case, where no level does. Each holds one of the default keywords of
 * lp-filter, so that filtering loses none.
 */
export const errorWords: readonly string[] = [
  'abort',
  'corrupt',
  'crash',
  'denied',
  'error',
  'exception',
  'exhausted',
  'fail',
  'fatal',
  'no space left',
  'out of memory',
  'panic',
  'read-only file system',
  'refus',
  'segfault',
  'timed out',
  'traceback',
  'unable to',
];

const holdsWord = holdsAny(errorWords);

/** Says that there was none. */
const denied =
  /\b(?:no|0|zero|without)\s+(?:\w{1,20}\s+)?(?:errors?|failures?|failed)\b|\b(?:errors?|failures?|failed)\s{0,3}[:=]\s{0,3}0\b/i;

/**
 * Tells whether a record is an error of a service: by its level, else by its words. Logins and requests are not: rules tell
 * which of them matter.
 */
export function isErrorLike({ log, message, event, http, process, original }: LogRecord): boolean {
  if (http?.response !== undefined || event?.category?.includes('authentication') === true) return false;
  // A command that was run may have any name.
  if (process?.['command_line'] !== undefined) return false;
  if (log.level !== undefined && isAtLeastLevel(log.level, 'error')) return true;
  if (log.level !== undefined && log.level !== 'warning') return false;
  // So may a package: libgpg-error0 is installed, and nothing fails.
  if (event?.category?.includes('package') === true) return false;
  const text = message ?? original;
  return holdsWord(text.toLowerCase()) && !denied.test(text);
}
