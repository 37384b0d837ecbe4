import { loginFailure } from './outcomes.ts';
import {
  type Constants,
  type Element,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  skip,
  text,
  upTo,
} from './pattern.ts';

/** What PHP calls its errors. Source: main/main.c (php_error_cb). */
const kinds: Readonly<Record<string, Constants>> = {
  'Fatal error': { 'log.level': 'critical' },
  'Recoverable fatal error': { 'log.level': 'error' },
  'Parse error': { 'log.level': 'error' },
  Warning: { 'log.level': 'warning' },
  Notice: { 'log.level': 'notice' },
  'Strict Standards': { 'log.level': 'notice' },
  Deprecated: { 'log.level': 'notice' },
};

/** `PHP Warning:  text`, which says how bad it is. */
export const phpError: Pattern = pattern`PHP ${oneWord(kinds, 'first')}: ${skip('rest')}`;

/** What PHP-FPM calls its levels. Source: sapi/fpm/fpm/zlog.c. */
const fpmLevels: Readonly<Record<string, Constants>> = {
  ALERT: { 'log.level': 'alert' },
  ERROR: { 'log.level': 'error' },
  WARNING: { 'log.level': 'warning' },
  NOTICE: { 'log.level': 'notice' },
  DEBUG: { 'log.level': 'debug' },
};

/** `WARNING: [pool www] child 7 said into stderr: "…"`: the level and the pool, before what the message is. */
export const fpmHead: Pattern = pattern`${oneWord(fpmLevels, 'first')}: ${optional(pattern`pid ${number('process.pid')}, ${skip()}: `)}`;

/** The pool and the child of a message of PHP-FPM. */
export const fpmPool: Element = optional(
  pattern`[pool ${text('service.name')}] child ${number('process.pid')}${oneOf(pattern`,`, pattern` `, pattern`:`)}`,
);

/** Logins that applications refuse, in the words with which PHP hands them to the web server's log. */
export const phpLogin: Element = oneOf(
  pattern`Failed login for ${upTo('"\'', 'user.name')}${loginFailure('http_login')}`,
  pattern`user ${text('user.name')} authentication failure for ${loginFailure('http_login')}`,
);
