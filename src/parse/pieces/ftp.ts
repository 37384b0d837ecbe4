import { end, ip, longest, oneOf, optional, type Pattern, pattern, rest, set, skip, text, within, word } from '../pattern.ts';
import { loginFailure, loginSuccess, sessionEvent } from './outcomes.ts';

/** A login to an FTP server that failed. */
export const ftpLoginFailed = loginFailure('ftp_login');

/** A login to an FTP server that went well. */
export const ftpLogin = loginSuccess('ftp_login');

/** A client of an FTP server that came or left. */
const ftpSession = sessionEvent('ftp_session');

/** A file that was moved over FTP, or made, or taken away. */
export const ftpFile = set({ 'event.category': ['file'], 'event.action': 'ftp_transfer' });

const more = skip('rest');

/*
 * vsftpd. Source: vsftpd: logging.c (vsf_log_common). The user stands in brackets before the words and may hold anything; a
 * line of logins ends with the client's address, so the words count only where nothing but that follows.
 */
const client = pattern`Client "${ip('source', 'first')}"`;
const anonymous = optional(pattern`, anon password "${skip('last')}"`);
const loginOf = oneOf(
  pattern`[${longest('user.name')}] FAIL LOGIN: ${client}${end()}${ftpLoginFailed}`,
  pattern`FAIL LOGIN: ${client}${end()}${ftpLoginFailed}`,
  pattern`[${within('first', pattern`${word('user.name')}${end()}`)}] FAIL LOGIN: ${client}${more}${ftpLoginFailed}`,
  pattern`[${within('first', pattern`${word('user.name')}${end()}`)}] OK LOGIN: ${client}${anonymous}${end()}${ftpLogin}`,
);
const fileOf = pattern`[${text('user.name')}] ${oneOf(pattern`OK `, pattern`FAIL `)}${skip('word')} ${client}, "${longest('url.path')}"${more}${ftpFile}`;
const talkOf = oneOf(
  pattern`[${text('user.name')}] FTP response: ${client}, "530 ${skip('last')}"${end()}${ftpLoginFailed}`,
  pattern`FTP response: ${client}, "530 ${skip('last')}"${end()}${ftpLoginFailed}`,
  pattern`[${text('user.name')}] ${oneOf(pattern`FTP response: `, pattern`FTP command: `, pattern`DEBUG: `)}${client}${more}`,
  pattern`${oneOf(pattern`FTP response: `, pattern`FTP command: `, pattern`DEBUG: `)}${client}${more}`,
);

/** What vsftpd says behind its stamp and process, or in syslog. */
export const vsftpdMessage: Pattern = [
  oneOf([loginOf], pattern`CONNECT: ${client}${ftpSession}${more}`, [talkOf], fileOf, pattern`[${text('user.name')}] ${more}`),
];

/*
 * ProFTPD. Source: proftpd: src/log.c, modules/mod_auth.c. `server (name[ip])` comes first; a name that a client tried comes
 * behind it, and the words that follow it are the server's where they stand last.
 */
const tried = oneOf(
  pattern`USER ${longest('user.name')} (Login failed): ${rest('event.reason')}${ftpLoginFailed}`,
  pattern`USER ${longest('user.name')}: no such user found from ${skip('word')} [${ip('source', 'first')}] to ${more}${ftpLoginFailed}`,
  pattern`USER ${longest('user.name')}: no such user found${more}${ftpLoginFailed}`,
  pattern`USER ${longest('user.name')}: No such user found${more}${ftpLoginFailed}`,
  pattern`USER ${longest('user.name')}: Login successful${more}${ftpLogin}`,
  pattern`ANON ${longest('user.name')}: Login successful${more}${ftpLogin}`,
  pattern`ANON ${longest('user.name')} (Login failed): ${rest('event.reason')}${ftpLoginFailed}`,
  pattern`SECURITY VIOLATION: ${optional(pattern`USER/`)}${longest('user.name')} login attempted${more}${ftpLoginFailed}`,
  pattern`Maximum login attempts ${more}${ftpLoginFailed}`,
  pattern`mod_sftp/${skip('first')}: ${oneOf(pattern`error authenticating `, pattern`client sent invalid`)}${more}${ftpLoginFailed}`,
  pattern`FTP ${more}${ftpSession}`,
  pattern`SSH2 ${more}${ftpSession}`,
  [more],
);
const parting = oneOf(pattern` - `, pattern`: `, pattern` `);

/** What ProFTPD says: `ftp.example (pc.example[192.0.2.1]) - USER eve: …`. */
export const proftpdMessage: Pattern = pattern`${skip('word')} (${within('first', pattern`${skip('last')}[${ip('source', 'rest')}`)}])${parting}${tried}`;

/*
 * Pure-FTPd speaks many languages: of a failed login only the shape is the same in all, a warning with the user in
 * brackets. Source: pure-ftpd: src/messages_*.h (MSG_AUTH_FAILED_LOG), src/ftpd.c (logfile).
 */
const pureUser = oneOf(pattern`?@${ip('source', 'rest')}`, pattern`${longest('user.name')}@${ip('source', 'rest')}`, [
  skip('rest'),
]);

/** What Pure-FTPd says: `(?@192.0.2.1) [WARNING] … [eve]`. */
export const pureFtpdMessage: Pattern = pattern`(${within('first', [pureUser])}) [${oneOf(
  pattern`WARNING] ${set({ 'log.level': 'warning' })}${oneOf(pattern`${skip('first')}[${longest('user.name')}]${more}${ftpLoginFailed}`, [more])}`,
  pattern`INFO] ${set({ 'log.level': 'info' })}${oneOf(
    pattern`${word('user.name')} is now logged in${ftpLogin}${end()}`,
    pattern`New connection from ${ftpSession}${more}`,
    pattern`Logout${ftpSession}${more}`,
    [more],
  )}`,
  pattern`NOTICE] ${set({ 'log.level': 'notice' })}${oneOf(pattern`${longest('url.path')} uploaded ${ftpFile}${more}`, pattern`${longest('url.path')} downloaded ${ftpFile}${more}`, [more])}`,
  pattern`ERROR] ${set({ 'log.level': 'error' })}${more}`,
  pattern`DEBUG] ${set({ 'log.level': 'debug' })}${more}`,
)}`;
