import { defineDataset } from '../dataset.ts';
import { set } from '../pattern.ts';
import { ownDovecotMessages } from '../pieces/dovecot.ts';

/** In files of its own (log_path, info_log_path) Dovecot writes its process as part of the message. */
export default defineDataset({
  name: 'any-dovecot',
  source: 'Dovecot: log_path; lib/failures.c',
  programs: ['*'],
  messages: ownDovecotMessages.map((words) => [...words, set({ 'log.dataset': 'dovecot' })]),
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 imap-login: Info: Aborted login (auth failed, 1 attempts): user=<eve>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10',
      fields: {
        'log.dataset': 'dovecot',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 auth-worker(default): pam(eve,203.0.113.5): pam_authenticate() failed: User not known to the underlying authentication module',
      fields: { 'log.dataset': 'dovecot', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00 imap-login: Info: Aborted (auth failed, 1 attempts): user=<eve>, method=PLAIN, rip=',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00 imap-login: Info: Aborted login (auth failed, 1 attempts): user=<x>, rip=192.0.2.1, lip=192.0.2.2>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
