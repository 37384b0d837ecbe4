import { defineDataset } from '../dataset.ts';
import { address, ip, longest, oneOf, pattern, rest, skip, withinUpTo } from '../pattern.ts';
import { ftpFile, ftpLogin, ftpLoginFailed } from '../pieces/ftp.ts';
import { mailPeer } from '../pieces/mail.ts';

const more = skip('rest');

export default defineDataset({
  name: 'ftpd',
  source: 'wu-ftpd: src/ftpd.c; MIT krb5 appl/gssftp/ftpd; BSD and inetutils ftpd(8)',
  programs: ['ftpd', 'wu-ftpd', 'in.ftpd', 'gssftpd', 'tnftpd', 'lukemftpd', 'ftp'],
  messages: [
    pattern`failed login from ${mailPeer}${ftpLoginFailed}${more}`,
    pattern`repeated login failures from ${oneOf(pattern`${ip('source')} (${more}`, [ip('source', 'rest')])}${ftpLoginFailed}`,
    pattern`FTP LOGIN REFUSED ${skip('last')} FROM ${mailPeer}, ${rest('user.name')}${ftpLoginFailed}`,
    pattern`FTP LOGIN FAILED FROM ${withinUpTo(',', [address('source', 'rest')])}, ${rest('user.name')}${ftpLoginFailed}`,
    pattern`FTP LOGIN FROM ${withinUpTo(',', [address('source', 'rest')])}, ${rest('user.name')}${ftpLogin}`,
    pattern`FTP LOGIN FAILED FROM ${mailPeer}, ${rest('user.name')}${ftpLoginFailed}`,
    pattern`FTP LOGIN FROM ${mailPeer}, ${rest('user.name')}${ftpLogin}`,
    pattern`ANONYMOUS FTP LOGIN FROM ${mailPeer}, ${more}${ftpLogin}`,
    pattern`User ${longest('user.name')} timed out ${more}`,
    pattern`${longest('user.name')} of ${mailPeer} ${oneOf(pattern`deleted `, pattern`tried to delete `)}${more}${ftpFile}`,
    pattern`refused ${skip('last')} from ${mailPeer}${ftpLoginFailed}${more}`,
    pattern`connection refused from ${mailPeer}${more}`,
    pattern`lost connection to ${mailPeer}${more}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 wu-ftpd[55]: failed login from pc.example [203.0.113.5]',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 ftpd[55]: repeated login failures from 203.0.113.5 (pc.example)',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 ftpd[55]: FTP LOGIN FAILED FROM pc.example, eve',
      fields: { 'source.domain': 'pc.example', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 ftpd[55]: FTP LOGIN FROM pc.example [203.0.113.8], bob',
      fields: { 'source.ip': '203.0.113.8', 'user.name': 'bob', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 ftpd[55]: failed login from pc.example [203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 ftpd[55]: FTP LOGIN REFUSED (x FROM a [192.0.2.1], y) FROM pc.example [203.0.113.5], eve',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve' },
    },
  ],
});
