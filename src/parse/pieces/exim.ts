import {
  end,
  ip,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  quoted,
  rest,
  set,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
  word,
} from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailMisuse, mailRejected, mailSessionEnd, mailSessionStart } from './mail.ts';

/*
 * What Exim says, behind its stamp or in syslog. Source: Exim specification, chapter "Log files".
 *
 * A host is written `name (helo) [ip]:port`, without what is not known. The HELO is the client's, but holds no blanks, so
 * that the first bracket behind a blank is Exim's.
 */

const more = skip('rest');
const bracketed = pattern`${ip('source', 'first')}]${optional(pattern`:${number('source.port')}`)}`;
const named = within('first', [
  oneOf(pattern`(${more}`, pattern`${text('source.domain')} (${more}`, pattern`${word('source.domain')}${end()}`),
]);
const host: Pattern = [oneOf(pattern`[${bracketed}`, pattern`${named} [${bracketed}`)];
/** The server's own end, and what else stands before the words. */
const own = optional(pattern` I=[${ip('destination', 'first')}]:${number('destination.port')}`);
const ident = optional(pattern` U=${skip('word')}`);
const peer = pattern`${host}${own}${ident}`;

/** How a mail was handed in; `A=` is there when the client has logged in. */
const authenticated = pattern` A=${upTo(': ')}${optional(pattern`:${oneOf(pattern`${withinUpTo(' ', [rest('user.name')])}`, [])}`)}${mailLogin}`;
const protocol = pattern`${optional(pattern` P=${skip('word')}`)}${optional(pattern` X=${skip('word')}`)}${optional(pattern` CV=${skip('word')}`)}${optional(pattern` SNI="${quoted('destination.domain')}"`)}${optional(pattern` DN="${skip('quote')}"`)}${optional(authenticated)}`;

/** A sender or a recipient may hold blanks in quotes. */
const mailbox = oneOf(pattern`"${skip('quote')}"${skip('word')}`, [skip('word')]);

const reason = rest('event.reason');
const recipient = pattern`${optional(pattern`<${text('user.name')}>`)}${optional(pattern`: `)}${reason}`;
/** What was turned away, behind the host. */
const refusal: Pattern = [
  oneOf(
    pattern` rejected RCPT ${recipient}${mailRejected}`,
    pattern` temporarily rejected RCPT ${recipient}${mailRejected}`,
    pattern` rejected AUTH ${reason}${mailLoginFailed}`,
    pattern` rejected ${reason}${mailRejected}`,
    pattern` temporarily rejected ${reason}${mailRejected}`,
    pattern` sender verify ${reason}${mailRejected}`,
    pattern` incomplete transaction ${reason}${mailSessionEnd}`,
    pattern` unrecognized command${more}${mailMisuse}`,
    pattern` NULL character(s) present${more}${mailMisuse}`,
    pattern` syntactically invalid argument(s)${more}${mailMisuse}`,
    pattern` Warning: ${reason}`,
    pattern` P=${skip('word')} rejected ${reason}${mailRejected}`,
    pattern` X=${skip('word')} ${skip('first')}rejected ${oneOf(pattern`RCPT ${recipient}`, [reason])}${mailRejected}`,
  ),
];
const sender = optional(pattern` F=${mailbox}`);
const tls = pattern`${optional(pattern` P=${skip('word')}`)}${optional(pattern` X=${skip('word')}`)}${optional(pattern` CV=${skip('word')}`)}${optional(pattern` SNI=${skip('word')}`)}${optional(authenticated)}`;
const fromHost = pattern`H=${peer}${tls}${sender}${tls}${refusal}`;
const fromSender = pattern`F=${mailbox} H=${peer}${tls}${refusal}`;

/** What concerns no mail yet: connections, logins, commands. */
const connections: readonly Pattern[] = [
  fromHost,
  fromSender,
  pattern`${upTo(' ')} authenticator failed for ${peer}: ${within('rest', [oneOf(pattern`${skip('last')}(set_id=${longest('user.name')})`, [more])], 'event.reason')}${mailLoginFailed}`,
  pattern`SMTP call from ${peer} dropped: ${reason}${mailMisuse}`,
  pattern`SMTP protocol synchronization error (${skip('first')}H=${peer}${more}${mailMisuse}`,
  pattern`SMTP protocol error in "${skip('last')}" H=${peer}${more}${mailMisuse}`,
  pattern`SMTP syntax error in "${skip('last')}" H=${peer}${more}${mailMisuse}`,
  pattern`SMTP data timeout (message abandoned) on connection from ${peer}${more}${mailSessionEnd}`,
  pattern`SMTP command timeout on ${skip('first')}connection from ${peer}${more}${mailSessionEnd}`,
  pattern`SMTP connection from ${peer}${oneOf(pattern` (TCP/IP connection count${more}${mailSessionStart}`, pattern` ${reason}${mailSessionEnd}`)}`,
  pattern`TLS error on connection from ${peer} ${reason}${mailMisuse}`,
  pattern`unexpected disconnection while reading SMTP command from ${peer}${more}${mailSessionEnd}`,
  pattern`no host name found for IP address ${ip('source')}${more}`,
  pattern`no IP address found for host ${skip('first')} (during SMTP connection from ${host})${more}`,
  pattern`refused connection from ${peer}${more}${mailRejected}`,
  pattern`Connection from ${peer} refused: ${reason}${mailRejected}`,
  pattern`rejected ${skip('first')} from H=${peer}${more}${mailRejected}`,
  pattern`rejected ${skip('word')} from ${peer}: ${reason}${mailRejected}`,
  pattern`refused relay ${skip('last')} H=${peer}${more}${mailRejected}`,
  pattern`Authentication failed for ${peer}${more}${mailLoginFailed}`,
];

/** Words of Exim's own. */
const announcements: readonly Pattern[] = [
  pattern`exim ${reason}`,
  pattern`Start queue run: ${reason}`,
  pattern`End queue run: ${reason}`,
  pattern`SIGHUP received: ${reason}`,
];

const delivery = pattern`${optional(
  pattern`${skip('first')} H=${oneOf(
    pattern`${text('destination.domain')} [${ip('destination', 'first')}]${optional(pattern`:${number('destination.port')}`)}`,
    [skip('word')],
  )}`,
)}${more}`;
const spam = pattern`SA: Action: ${skip('last')} (host=${skip('first')} [${ip('source', 'first')}]) for ${more}${mailRejected}`;

/** What concerns a mail, behind its id. */
const onMail: readonly Pattern[] = [
  pattern`<= ${mailbox}${oneOf(pattern` H=${peer}${protocol}${more}`, pattern` ${more}`)}`,
  pattern`=> ${delivery}`,
  pattern`-> ${delivery}`,
  pattern`>> ${delivery}`,
  pattern`*> ${delivery}`,
  pattern`** ${delivery}${set({ 'event.category': ['email'], 'event.action': 'mail_bounced', 'event.outcome': 'failure' })}`,
  pattern`== ${delivery}`,
  pattern`Completed${more}`,
  spam,
  fromHost,
  fromSender,
  ...connections.slice(2),
  pattern`DKIM: ${reason}`,
  pattern`SA: ${reason}`,
  pattern`Frozen${more}`,
  pattern`Message is frozen${more}`,
  pattern`Unfrozen ${more}`,
  pattern`cancelled ${more}`,
  pattern`removed ${more}`,
  pattern`malware ${more}`,
  pattern`U=${skip('word')} ${more}`,
];

/** A mail's id: `1sT9xY-0004Lb-2c`, since 4.97 `1sT9xY-00000004Lbd-2c7y`. */
const mailId = withinUpTo(' ', pattern`${upTo('-')}-${upTo('-')}-${upTo('-')}${end()}`);
const processId = optional(pattern`[${number('process.pid')}] `);

/** A line of Exim behind its stamp. */
export const eximMessage: Pattern = pattern`${processId}${oneOf(pattern`${mailId} ${oneOf(...onMail)}`, ...connections, ...announcements)}`;
