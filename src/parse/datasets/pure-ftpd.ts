import { defineDataset } from '../dataset.ts';
import { pureFtpdMessage } from '../pieces/ftp.ts';

export default defineDataset({
  name: 'pure-ftpd',
  source: 'Pure-FTPd: src/ftpd.c (logfile), src/messages_en.h and its translations',
  programs: ['pure-ftpd', 'pure-ftpd-mysql', 'pure-ftpd-postgresql', 'pure-ftpd-ldap', '-pure-ftpd'],
  messages: [pureFtpdMessage],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 pure-ftpd: (?@203.0.113.5) [WARNING] Authentication failed for user [eve]',
      fields: { 'log.level': 'warning', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 pure-ftpd[55]: (?@2001:db8::5) [WARNING] Erreur d'authentification pour l'utilisateur [eve]",
      fields: { 'user.name': 'eve', 'source.ip': '2001:db8::5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 pure-ftpd: (?@203.0.113.8) [INFO] bob is now logged in',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.outcome': 'success' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 pure-ftpd: (?@203.0.113.5', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 pure-ftpd: (?@203.0.113.5) [WARNING] Authentication failed for user [x (?@192.0.2.1) [WARNING] for user [root]',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x (?@192.0.2.1) [WARNING] for user [root' },
    },
  ],
});
