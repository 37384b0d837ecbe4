import {
  end,
  ip,
  not,
  number,
  oneOf,
  optional,
  type Pattern,
  pairs,
  pattern,
  rest,
  set,
  skip,
  text,
  within,
  word,
} from '../pattern.ts';
import {
  mailLogin,
  mailLoginFailed,
  mailMisuse,
  mailNameMismatch,
  mailPeer,
  mailRejected,
  mailSessionEnd,
  mailSessionStart,
} from './mail.ts';

/*
 * What the daemons of Postfix say. Source: smtpd(8), smtpd.c, smtpd_sasl_glue.c, postscreen(8), cleanup(8), smtp(8).
 */

const warning = pattern`warning: ${set({ 'log.level': 'warning' })}`;
const more = skip('rest');

/** What stands behind the server's answer; the answer itself repeats addresses that the client has given. */
const answer = pattern`: ${word('event.code')} ${oneOf(pattern`${text('event.reason')}; from=<${more}`, pattern`${text('event.reason')}; proto=${more}`, [rest('event.reason')])}`;
const verb = oneOf(
  pattern`reject: `,
  pattern`milter-reject: `,
  pattern`reject_warning: `,
  pattern`discard: `,
  pattern`filter: `,
  pattern`hold: `,
  pattern`warn: `,
);
/** `NOQUEUE` or a queue's id: a word before a colon. */
const queue = pattern`${within('first', pattern`${skip('word')}${end()}`)}: `;
const rejected = pattern`${verb}${skip('word')} from ${mailPeer}${mailRejected}${oneOf(answer, [more])}`;
/** A header or a body line of the mail itself stands before the client, so the last ` from ` counts. */
const rejectedContent = pattern`${verb}${within('last', pattern`${within('last', pattern`${more}`)} from ${mailPeer}${end()}`)}; from=<${mailRejected}${more}`;
const client = pattern`client=${mailPeer}${oneOf(pattern`, sasl_method=${text('event.reason')}, sasl_username=${oneOf(pattern`${text('user.name')}, ${more}`, [rest('user.name')])}${mailLogin}`, [more])}`;
const relay = oneOf(pattern`${text('destination.domain')}[${ip('destination', 'first')}]:${number('destination.port')}${more}`, [
  more,
]);
const delivered = pattern`to=<${skip('first')}>, ${optional(pattern`orig_to=<${skip('first')}>, `)}relay=${within('first', [relay])}, delay=${skip('first')} status=${word('event.reason')}${more}`;

/** Failed logins are counted at the end of a session: `auth=0/3`. */
const counts = pairs({ auth: pattern`0/${mailLoginFailed}` });

const sasl = pattern`${mailPeer}: SASL ${skip('word')} authentication failed:${optional(pattern` `)}${oneOf(
  pattern`${end()}${mailLoginFailed}`,
  pattern`Connection lost to authentication server${more}`,
  pattern`${text('event.reason')}, sasl_username=${rest('user.name')}${mailLoginFailed}`,
  pattern`${rest('event.reason')}${mailLoginFailed}`,
)}`;

const warnings: readonly Pattern[] = [
  pattern`hostname ${text('source.domain')} does not resolve to address ${oneOf(pattern`${ip('source', 'first')}: ${more}`, [ip('source', 'rest')])}${mailNameMismatch}`,
  pattern`non-SMTP command from ${mailPeer}${mailMisuse}${more}`,
  pattern`Illegal address syntax from ${mailPeer}${mailMisuse}${more}`,
  pattern`${skip('first')} limit exceeded: ${number()} from ${mailPeer} for service ${mailMisuse}${more}`,
  pattern`${mailPeer} sent ${mailMisuse}${more}`,
  sasl,
  pattern`${mailPeer}: ${more}`,
  pattern`${ip('source', 'first')}: ${rest('event.reason')}`,
  [],
];

const inQueue = pattern`${queue}${oneOf(
  rejected,
  rejectedContent,
  pattern`lost connection after ${skip('word')} from ${mailPeer}${mailSessionEnd}${more}`,
  pattern`too many errors after ${skip('word')} from ${mailPeer}${mailMisuse}${more}`,
)}`;

/** Messages that no other program is known to write, so that its name need not tell whose they are. */
export const ownPostfixMessages: readonly Pattern[] = [
  pattern`${warning}${sasl}`,
  pattern`${warning}non-SMTP command from ${mailPeer}${mailMisuse}${more}`,
  pattern`disconnect from ${mailPeer}${mailSessionEnd}${counts}`,
  pattern`lost connection after ${skip('word')} from ${mailPeer}${mailSessionEnd}${more}`,
  pattern`timeout after ${skip('word')} from ${mailPeer}${mailSessionEnd}${more}`,
  pattern`too many errors after ${skip('word')} from ${mailPeer}${mailMisuse}${more}`,
  pattern`improper command pipelining after ${skip('word')} from ${mailPeer}${mailMisuse}${more}`,
  pattern`SSL_accept error from ${mailPeer}${mailMisuse}${more}`,
  pattern`PREGREET ${number()} after ${skip('word')} from ${mailPeer}${mailMisuse}${more}`,
  pattern`HANGUP after ${skip('word')} from ${mailPeer}${mailSessionEnd}${more}`,
  pattern`DNSBL rank ${number()} for ${mailPeer}${mailRejected}`,
  pattern`${oneOf(pattern`COMMAND `, pattern`BARE `, pattern`NON-SMTP `, pattern`BDAT `)}${skip('first')} from ${mailPeer}${mailMisuse}${more}`,
  pattern`${oneOf(pattern`BLACKLISTED `, pattern`DENYLISTED `, pattern`VETO `)}${mailPeer}${mailRejected}${more}`,
  pattern`${skip('first')} TLS connection established from ${mailPeer}: ${more}`,
  inQueue,
];

/** All messages of Postfix. */
export const postfixMessages: readonly Pattern[] = [
  pattern`${warning}${oneOf(...warnings)}`,
  pattern`connect from ${mailPeer}${mailSessionStart}`,
  pattern`CONNECT from ${mailPeer} to [${ip('destination', 'first')}]:${number('destination.port')}${mailSessionStart}`,
  pattern`DISCONNECT ${mailPeer}${mailSessionEnd}`,
  pattern`PASS ${skip('word')} ${mailPeer}`,
  pattern`${oneOf(pattern`WHITELISTED `, pattern`ALLOWLISTED `)}${mailPeer}`,
  pattern`fatal: ${set({ 'log.level': 'critical' })}${more}`,
  pattern`panic: ${set({ 'log.level': 'emergency' })}${more}`,
  pattern`error: ${set({ 'log.level': 'error' })}${more}`,
  ...ownPostfixMessages,
  pattern`${not(pattern`statistics: `)}${queue}${oneOf(client, delivered)}`,
];
