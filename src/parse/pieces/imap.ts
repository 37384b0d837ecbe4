import { end, ip, longest, number, oneOf, optional, type Pattern, pattern, set, skip, text, within, word } from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailPeer, mailSessionEnd } from './mail.ts';

/*
 * What the older IMAP and POP servers say. Their programs share names (`imapd`, `pop3d`), so that a message, and not its
 * program, tells whose it is.
 */

const more = skip('rest');
const ofCyrus = set({ 'log.dataset': 'cyrus' });
const ofCourier = set({ 'log.dataset': 'courier' });
const ofUw = set({ 'log.dataset': 'uw-imap' });

/** `plaintext eve SASL(-13): …`, `PLAIN (eve) [SASL…`, `plain [SASL(-13): …user: eve@host property…`. */
const cyrusUser = oneOf(
  pattern` ${skip('word')} [${more}`,
  pattern` ${skip('word')} (${text('user.name')}) [${more}`,
  pattern` ${skip('word')} ${within('first', pattern`${word('user.name')}${end()}`)} SASL(${more}`,
  pattern` ${skip('word')} ${within('first', pattern`${word('user.name')}${end()}`)} invalid user${more}`,
  [more],
);

/** Cyrus. Source: cyrus-imapd: imap/imapd.c, pop3d.c, timsieved/parser.c (badlogin). */
export const cyrusMessages: readonly Pattern[] = [
  pattern`badlogin: ${mailPeer}${mailLoginFailed}${ofCyrus}${cyrusUser}`,
  pattern`login: ${mailPeer} ${word('user.name')} ${mailLogin}${ofCyrus}${more}`,
  pattern`failed login: ${mailPeer}${mailLoginFailed}${ofCyrus}${more}`,
];

const courierIp = pattern`[${ip('source', 'first')}]`;
const courierPort = optional(pattern`, port=[${number('source.port')}]`);

/** Courier. The user may hold anything; a failed login ends with its address. Source: courier-imap: imap/imaplogin.c, pop3login.c. */
export const courierMessages: readonly Pattern[] = [
  pattern`LOGIN FAILED, ${oneOf(
    pattern`user=${longest('user.name')}, ip=${courierIp}`,
    pattern`method=${skip('last')}, ip=${courierIp}`,
    pattern`ip=${courierIp}`,
  )}${courierPort}${mailLoginFailed}${ofCourier}${more}`,
  pattern`LOGIN, user=${longest('user.name')}, ip=${courierIp}${courierPort}${mailLogin}${ofCourier}${more}`,
  pattern`${oneOf(pattern`LOGOUT, `, pattern`DISCONNECTED, `, pattern`TIMEOUT, `, pattern`Disconnected, `)}${optional(pattern`user=${text('user.name')}, `)}ip=${courierIp}${mailSessionEnd}${ofCourier}${more}`,
  pattern`Connection, ip=${courierIp}${courierPort}${ofCourier}${more}`,
];

/** The University of Washington's, and what descends from it. Source: imapd.c, ipop3d.c (syslog calls). */
export const uwMessages: readonly Pattern[] = [
  pattern`Login failed user=${longest('user.name')} auth=${skip('last')} host=${mailPeer}${mailLoginFailed}${ofUw}${more}`,
  pattern`Login excessive login failures user=${longest('user.name')} auth=${skip('last')} host=${mailPeer}${mailLoginFailed}${ofUw}${more}`,
  pattern`Login disabled user=${longest('user.name')} auth=${skip('last')} host=${mailPeer}${mailLoginFailed}${ofUw}${more}`,
  pattern`${oneOf(pattern`Login user=`, pattern`Authenticated user=`, pattern`APOP success user=`)}${longest('user.name')} host=${mailPeer}${mailLogin}${ofUw}${more}`,
  pattern`AUTHENTICATE ${skip('word')} failure host=${mailPeer}${mailLoginFailed}${ofUw}${more}`,
  pattern`Logout user=${longest('user.name')} host=${mailPeer}${mailSessionEnd}${ofUw}${more}`,
];
