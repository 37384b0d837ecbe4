import { defineDataset } from '../dataset.ts';
import { dovecotLogins, dovecotMessages } from '../pieces/dovecot.ts';

const processes = [...dovecotLogins, 'auth', 'auth-worker', 'imap', 'pop3', 'managesieve', 'lmtp', 'lda', 'anvil'];

export default defineDataset({
  name: 'dovecot',
  source: 'Dovecot: login-common/client-common.c, auth/auth-request.c (auth_request_get_log_prefix); 2.0 to 2.4',
  programs: ['dovecot', 'dovecot-auth', ...processes.filter((name) => name !== 'imap' && name !== 'pop3')],
  messages: dovecotMessages,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 3 attempts in 9 secs): user=<info@shop.example>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10, TLS, session=<x1y2>',
      fields: {
        'user.name': 'info@shop.example',
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'event.outcome': 'failure',
        'event.category': ['authentication'],
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot[7]: pop3-login: Info: Login: user=<bob>, method=PLAIN, rip=2001:db8::8, rport=50122, lip=2001:db8::1, lport=995, mpid=18, TLS, session=<x1y2>',
      fields: {
        'log.level': 'info',
        'user.name': 'bob',
        'source.ip': '2001:db8::8',
        'source.port': 50122,
        'destination.port': 995,
        'event.outcome': 'success',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: auth-worker(4242): Info: conn unix:auth-worker (pid=919,uid=112): auth-worker<1>: sql(eve@shop.example,203.0.113.5,<x1y2>): unknown user (given password: x)',
      fields: { 'user.name': 'eve@shop.example', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: auth: pam(eve,203.0.113.5): pam_authenticate() failed: Authentication failure (Password mismatch?)',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 imap-login: Info: Aborted login (no auth attempts in 2 secs): user=<>, rip=203.0.113.5, lip=192.0.2.10, session=<x1y2>',
      fields: {
        'user.name': undefined,
        'source.ip': '203.0.113.5',
        'event.outcome': undefined,
        'event.action': 'mail_disconnect',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Login aborted: Connection closed (auth failed, 2 attempts in 4 secs) (auth_failed): user=<eve>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10, TLS: Connection closed, session=<x1y2>',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=eve rhost=203.0.113.5  user=eve',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Disconnected (auth failed, 1 attempts): user=<eve>, method=PLAIN, rip=',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<x>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10, session=<x1y2>',
      fields: {
        'user.name': 'x>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2',
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
      },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 dovecot: auth: sql(x,192.0.2.1,203.0.113.5,<x1y2>): Password mismatch',
      fields: { 'user.name': 'x,192.0.2.1', 'source.ip': '203.0.113.5' },
    },
  ],
});
