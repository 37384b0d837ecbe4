import { defineDataset } from '../dataset.ts';
import { longest, pattern, set, skip, text } from '../pattern.ts';

const user = pattern`(${text('user.name')}) `;

export default defineDataset({
  name: 'cron',
  source: 'cron(8): misc.c (log_it), do_command.c',
  programs: [
    'CRON',
    'cron',
    'crond',
    'crontab',
    '/usr/sbin/cron',
    '/USR/SBIN/CRON',
    'anacron',
    'CROND',
    '/usr/sbin/crond',
    'fcron',
  ],
  messages: [
    pattern`${user}CMD (${longest('process.command_line')})${set({ 'event.category': ['process'], 'event.action': 'cron_command' })}`,
    pattern`${user}REPLACE (${skip('last')})${set({ 'event.category': ['configuration'], 'event.action': 'crontab_replaced' })}`,
    pattern`${user}BEGIN EDIT (${skip('last')})${set({ 'event.category': ['configuration'], 'event.action': 'crontab_edited' })}`,
    pattern`${user}${text('event.reason')} (${skip('last')})`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:17:01 web1 CRON[4242]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)',
      fields: {
        'log.dataset': 'cron',
        'user.name': 'root',
        'process.command_line': '   cd / && run-parts --report /etc/cron.hourly',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:17:01 web1 crontab[7]: (eve) REPLACE (eve)',
      fields: { 'user.name': 'eve', 'event.action': 'crontab_replaced' },
    },
    { kind: 'malformed', line: 'Nov 22 13:17:01 web1 cron[1]: (root', fields: { 'user.name': undefined, message: '(root' } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:17:01 web1 CRON[4243]: (eve) CMD (echo ") CMD (root) CMD (x")',
      fields: { 'user.name': 'eve', 'process.command_line': 'echo ") CMD (root) CMD (x"' },
    },
  ],
});
