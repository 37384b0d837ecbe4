import {
  type Constants,
  type Element,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  set,
  skip,
  text,
  upTo,
} from '../pattern.ts';
import { loginFailure } from './outcomes.ts';

/** What PHP calls its errors, the worst first. Source: main/main.c (php_error_cb). */
const levels = [
  ['Fatal error', 'critical'],
  ['Recoverable fatal error', 'error'],
  ['Parse error', 'error'],
  ['Warning', 'warning'],
  ['Notice', 'notice'],
  ['Strict Standards', 'notice'],
  ['Deprecated', 'notice'],
] as const;

const kinds: Readonly<Record<string, Constants>> = Object.fromEntries(
  levels.map(([kind, level]) => [kind, { 'log.level': level, 'event.reason': kind }]),
);

/** `PHP message: PHP Fatal error:  …` anywhere in what a web server has got from PHP: the worst of several errors counts. */
export const phpMessages: Element = oneOf(
  ...Object.entries(kinds).map(
    ([kind, constants]): Pattern => [
      skip('first'),
      { kind: 'literal', text: `PHP message: PHP ${kind}: ` },
      set({ ...constants, 'log.logger': 'php' }),
    ],
  ),
);

/** Apache's own level says more of an error of syntax: PHP 7 passes it on as an emergency. Source: main/main.c (php_error_cb). */
const kindsOfModule = { ...kinds, 'Parse error': { 'event.reason': 'Parse error' } };

/** `PHP Warning:  …`, as mod_php writes it into the log of Apache. */
export const phpOfModule: Pattern = pattern`PHP ${oneWord(kindsOfModule, 'first')}: ${set({ 'log.logger': 'php' })}`;

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
