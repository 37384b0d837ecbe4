import { defineDataset } from '../dataset.ts';
import { longest, number, oneOf, pattern, rest, set, skip, text, word } from '../pattern.ts';

/** sudo escapes control characters in a command, and writes it last, so nothing behind `COMMAND=` can speak for sudo. */
const command = pattern`PWD=${text('process.working_directory')} ; USER=${text('user.effective.name')} ; ${oneOf(pattern`COMMAND=`, pattern`${skip('first')} ; COMMAND=`)}${rest('process.command_line')}`;
const who = pattern`${skip('blanks')}${word('user.name')} : `;

export default defineDataset({
  name: 'sudo',
  source: 'sudo(8), sudoers(5) "Log format"; lib/eventlog/eventlog.c',
  programs: ['sudo'],
  messages: [
    pattern`${who}${number()} incorrect password attempt${skip('first')} ; ${oneOf(pattern`TTY=${skip('first')} ; `, [])}${command}${set({ 'event.category': ['authentication'], 'event.action': 'sudo_failure', 'event.outcome': 'failure' })}`,
    pattern`${who}${oneOf(pattern`user NOT in sudoers`, pattern`command not allowed`, pattern`user NOT authorized on host`, pattern`user NOT in sudoers`)} ; ${oneOf(pattern`TTY=${skip('first')} ; `, [])}${command}${set({ 'event.category': ['iam'], 'event.action': 'sudo_denied', 'event.outcome': 'failure' })}`,
    pattern`${who}${oneOf(pattern`TTY=${skip('first')} ; `, [])}${command}${set({ 'event.category': ['process'], 'event.action': 'sudo_command', 'event.outcome': 'success' })}`,
    pattern`pam_unix(sudo:auth): authentication failure; ${skip('last')} user=${rest('user.name')}${set({ 'event.category': ['authentication'], 'event.action': 'pam_failure', 'event.outcome': 'failure' })}`,
    pattern`pam_unix(sudo:session): session ${oneOf(pattern`opened`, pattern`closed`)} for user ${oneOf(pattern`${longest('user.effective.name')}(uid=${skip('rest')}`, pattern`${text('user.effective.name')} by ${skip('rest')}`, [rest('user.effective.name')])}${set({ 'event.category': ['session'], 'event.action': 'pam_session' })}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sudo:   deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx',
      fields: {
        'user.name': 'deploy',
        'user.effective.name': 'root',
        'event.action': 'sudo_command',
        'process.working_directory': '/home/deploy',
        'process.command_line': '/usr/bin/systemctl restart nginx',
      },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sudo: a password is required',
      fields: { 'log.dataset': 'sudo', 'user.name': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sudo: eve : TTY=pts/1 ; PWD=/tmp ; USER=root ; COMMAND=/bin/echo mallory : user NOT in sudoers ; USER=bob ; COMMAND=x',
      fields: { 'user.name': 'eve', 'user.effective.name': 'root', 'event.action': 'sudo_command' },
    },
  ],
});
