import {
  end,
  longest,
  message,
  not,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  priority,
  rest,
  set,
  skip,
  stamp,
  upTo,
  within,
  withinUpTo,
  word,
} from '../pattern.ts';
import { zoneAbbreviations } from '../time/zone-names.ts';
import { ahead } from './access.ts';
import { anyCaseLevels, levelConstants } from './level-words.ts';
import { moment } from './moments.ts';

/*
 * What stands behind the time in syslog, in the dialects of its daemons: host, program and message.
 */

const named = (words: readonly string[]): Readonly<Record<string, object>> => Object.fromEntries(words.map((name) => [name, {}]));

/** Source: RFC 5424 §6.2.1, table 1, with the names of syslog.conf(5). */
const facilities = named([
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'security'],
  ...['audit', 'alert', 'console', 'clock', ...[0, 1, 2, 3, 4, 5, 6, 7].map((digit) => `local${digit}`)],
]);

/** `auth.info`. */
const origin: Pattern = pattern`${oneWord(facilities, 'first')}.${oneWord(levelConstants, 'rest')}`;

/** `<13>`, where there is one. */
export const prefix = optional(pattern`<${priority()}>`);

/** The message; Solaris writes a number and its origin before it, `[ID 800047 auth.info] `, and Lumberjack marks JSON. */
const said = pattern`${optional(pattern`[ID ${number()} ${withinUpTo(']', origin)}] `)}${optional(pattern`@cee:${skip('blanks')}`)}${message()}`;

const behindTag = oneOf(pattern`: ${said}`, pattern`:${end()}`);

/** `sshd[801]: …` or `kernel: …`; Cisco's devices have no program, and a mark of their own. */
const plainTag: Pattern = pattern`${not(pattern`%`)}${upTo(' [:', 'process.name')}${optional(pattern`[${number('process.pid')}]`)}${behindTag}`;

/** `sshd[801]: …`. */
const tagWithId: Pattern = pattern`${upTo(' [:', 'process.name')}[${number('process.pid')}]${behindTag}`;

/** `[sshd]: `. */
const bracketTag: Pattern = pattern`[${upTo('[]: ', 'process.name')}]${optional(pattern`:`)} ${said}`;

/** Tags that few programs write: with blanks or colons in the name, with a version, with no colon behind. */
const rareTag = oneOf(
  // MIT Kerberos has its level behind the process: `krb5kdc[7](info): `.
  pattern`${upTo(' [:', 'process.name')}[${number('process.pid')}](${oneWord(anyCaseLevels, 'first')}): ${said}`,
  pattern`${within('first', pattern`${longest('process.name')}[${number('process.pid')}]${end()}`)}: ${said}`,
  pattern`${within('first', pattern`${word('process.name')}${end()}`)}: ${said}`,
  pattern`${upTo(' [:', 'process.name')}[${number('process.pid')}]${optional(pattern`:`)}${optional(pattern` `)}${said}`,
  // Apache's own line, piped into logger, has a time in brackets.
  pattern`${upTo(' [:', 'process.name')} ${ahead(pattern`[${stamp('asctime')}] [`)}${said}`,
  pattern`${upTo(' [:', 'process.name')} ${number()}.${within('word', pattern`${skip('last')}:${end()}`)} ${said}`,
);

/** Something in the place of the host that is none: a zone or a year that belongs to the time. */
const noHost = oneOf(pattern`${oneWord(named(zoneAbbreviations))} `, pattern`${number()} ${upTo(' []')} `);

/** ESXi has a level there instead of a host: `In(14) `. Source: VMware, ESXi log files, "severity codes". */
const esxLevels: readonly (readonly [string, string])[] = [
  ['Em', 'emergency'],
  ['Al', 'alert'],
  ['Cr', 'critical'],
  ['Er', 'error'],
  ['Wa', 'warning'],
  ['No', 'notice'],
  ['In', 'info'],
  ['Db', 'debug'],
];
const esx = esxLevels.map(
  ([word, level]): Pattern => [
    { kind: 'literal', text: `${word}(` },
    ...pattern`${number()})${optional(pattern`[+]`)} ${set({ 'log.level': level })}${plainTag}`,
  ],
);

/** `cron[9]: `, with no host before it. */
const tagAlone: Pattern = pattern`${within('word', pattern`${upTo('[: ', 'process.name')}${optional(pattern`[${number('process.pid')}]`)}:${end()}`)} `;

const host = word('host.name');

/** Behind two hosts only these count: a program's name may have a blank in it. */
const daemons = named(['sshd', 'sshd-session', 'sudo', 'su', 'kernel', 'systemd', 'cron', 'CRON', 'dropbear', 'nginx', 'dhcpd']);

/** Cisco's devices have no program: `fw1: %ASA-6-302013: …`, `fw1 : %ASA-…`, `fw1 %ASA-…`. */
const cisco: Pattern = [not([not(pattern`%`)]), ...said];

/** As nearly all lines go on. The patterns behind it read these the same, with more attempts. */
const plainBody = pattern`${upTo(' [:', 'host.name')} ${upTo(' [:%', 'process.name')}[${number('process.pid')}]: ${said}`;

/** What stands behind a time that syslog alone writes: host, program and message, or what there is of them. */
export const traditionalBody: Pattern = [
  oneOf(
    plainBody,
    pattern`${tagAlone}${not(pattern`%`)}${said}`,
    pattern`${upTo(': ', 'host.name')}: ${cisco}`,
    pattern`${host} ${number()}: ${oneOf(pattern`*`, pattern`.`, [])}${moment}: ${cisco}`,
    pattern`${host} ${plainTag}`,
    pattern`${host} ${optional(pattern`: `)}${cisco}`,
    pattern`${host} ${withinUpTo(' ', origin)} ${plainTag}`,
    pattern`${skip('blanks')}<${withinUpTo('>', origin)}> ${host} ${plainTag}`,
    pattern`${skip('word')} ${prefix}${stamp('syslog')} ${host} ${plainTag}`,
    pattern`${skip('word')} ${host} ${not([not([withinUpTo('[', [oneWord(daemons, 'rest')]), { kind: 'literal', text: '[' }])])}${plainTag}`,
    bracketTag,
    pattern`${not([noHost])}${host} ${oneOf([rareTag], bracketTag, [message()])}`,
  ),
];

/** What stands behind a full time, which programs write too: with a program's name at least. */
export const modernBody: Pattern = [
  oneOf(
    ...esx,
    pattern`${tagAlone}${said}`,
    pattern`${not(pattern`${oneWord(anyCaseLevels)} `)}${host} ${plainTag}`,
    pattern`${host} ${withinUpTo(' ', origin)} ${plainTag}`,
    pattern`${not(pattern`${oneWord(anyCaseLevels)} `)}${host} ${skip('blanks')}${not([not(pattern`{`)])}${rest('message')}`,
    pattern`${not(pattern`[`)}${host} ${upTo('[:', 'process.name')}[${number('process.pid')}]: ${said}`,
  ),
];

/** The same behind a time in any other shape, or behind none at all: with a process id, or from the kernel. */
export const looseBody: Pattern = [
  oneOf(
    pattern`<${withinUpTo('>', origin)}> ${host} ${plainTag}`,
    tagWithId,
    pattern`${upTo(' :[(<', 'host.name')} ${oneOf(tagWithId, pattern`kernel: ${set({ 'process.name': 'kernel' })}${message()}`)}`,
  ),
];
