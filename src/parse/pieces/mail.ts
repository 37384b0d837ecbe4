import { end, ip, number, oneOf, optional, type Pattern, pattern, set, within, word } from '../pattern.ts';
import { loginFailure, loginSuccess, sessionEvent } from './outcomes.ts';

/*
 * What mail servers have in common. Host names come out of the DNS and hold no brackets or blanks; what a client says of
 * itself (HELO, sender, user) may hold anything, and stands elsewhere.
 */

/** A login to a mail server that failed. */
export const mailLoginFailed = loginFailure('mail_login');

/** A login to a mail server that went well. */
export const mailLogin = loginSuccess('mail_login');

/** A mail, a recipient or a client that was turned away. */
export const mailRejected = set({ 'event.category': ['email'], 'event.action': 'mail_rejected', 'event.outcome': 'failure' });

/** A client that broke the rules of the protocol. */
export const mailMisuse = set({
  'event.category': ['network'],
  'event.action': 'mail_protocol_error',
  'event.outcome': 'failure',
});

/** A client that left, or was left. */
export const mailSessionEnd = sessionEvent('mail_disconnect');

/** A client that came. */
export const mailSessionStart = sessionEvent('mail_connect');

/** A client whose reverse name does not lead back to its address. */
export const mailNameMismatch = sessionEvent('mail_name_mismatch');

const mailIp = oneOf(pattern`IPv6:${ip('source', 'first')}]`, pattern`${ip('source', 'first')}]`);
const name = within('first', [
  oneOf(pattern`unknown${end()}`, pattern`localhost${end()}`, pattern`${word('source.domain')}${end()}`),
]);

/** `mail.example[192.0.2.1]`, `unknown[192.0.2.1]:4022`, `mail.example [192.0.2.1]` or `[192.0.2.1]`. */
export const mailPeer: Pattern = pattern`${oneOf(
  pattern`[${mailIp}`,
  pattern`${name}[${mailIp}`,
  pattern`${name} [${mailIp}`,
)}${optional(pattern`:${number('source.port')}`)}`;
