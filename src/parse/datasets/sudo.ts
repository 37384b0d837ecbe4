import { defineDataset } from '../dataset.ts';
import { end, longest, number, oneOf, optional, pattern, rest, set, skip, text, upTo, within } from '../pattern.ts';

/** sudo escapes control characters in a command, and writes it last, so nothing behind `COMMAND=` can speak for sudo. */
const command = pattern`${optional(pattern`TTY=${skip('first')} ; `)}${optional(pattern`PWD=${text('process.working_directory')} ; `)}${optional(pattern`CHROOT=${skip('first')} ; `)}USER=${text('user.effective.name')} ; ${oneOf(pattern`COMMAND=`, pattern`${skip('first')} ; COMMAND=`)}${rest('process.command_line')}`;
const who = pattern`${skip('blanks')}${text('user.name')} : `;

const failure = set({ 'event.category': ['authentication'], 'event.action': 'sudo_failure', 'event.outcome': 'failure' });
const denied = set({ 'event.category': ['iam'], 'event.action': 'sudo_denied', 'event.outcome': 'failure' });
const ran = set({ 'event.category': ['process'], 'event.action': 'sudo_command', 'event.outcome': 'success' });

/** What sudo found, in the words of its log. */
const refusal = oneOf(
  pattern`${number()} incorrect password attempt${optional(pattern`s`)}${failure}`,
  pattern`authentication failure${failure}`,
  pattern`a password is required${failure}`,
  pattern`a terminal is required to read the password${failure}`,
  pattern`auth could not identify password for [${skip('first')}]${failure}`,
  pattern`user NOT in sudoers${denied}`,
  pattern`user NOT authorized on host${denied}`,
  pattern`command not allowed${denied}`,
);

const session = oneOf(pattern`${longest('user.effective.name')}(uid=${skip('rest')}`, [rest('user.effective.name')]);

export default defineDataset({
  name: 'sudo',
  source: 'sudo(8), sudoers(5) "Log format"; lib/eventlog/eventlog.c; doas(1): doas.c',
  programs: ['sudo', 'sudo-rs', 'doas', 'sudoedit'],
  messages: [
    pattern`${who}${refusal} ; ${command}`,
    pattern`${who}${command}${ran}`,
    pattern`${who}${refusal}${end()}`,
    pattern`pam_unix(sudo:auth): authentication failure; ${skip('last')} user=${rest('user.name')}${set({ 'event.category': ['authentication'], 'event.action': 'pam_failure', 'event.outcome': 'failure' })}`,
    pattern`pam_unix(sudo${skip('first')}:session): session ${oneOf(pattern`opened`, pattern`closed`)} for user ${oneOf(pattern`${within('first', [session])} by ${skip('rest')}`, [session])}${set({ 'event.category': ['session'], 'event.action': 'pam_session' })}`,
    pattern`${upTo(' ', 'user.name')} ran command ${within('last', pattern`${longest('process.command_line')} as ${rest('user.effective.name')}`)} from ${rest('process.working_directory')}${ran}`,
    pattern`failed auth for ${rest('user.name')}${failure}`,
    pattern`failed command for ${text('user.name')}: ${rest('process.command_line')}${denied}`,
    pattern`command not permitted for ${text('user.name')}: ${rest('process.command_line')}${denied}`,
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
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sudo:      eve : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/home/eve ; USER=root ; COMMAND=/bin/bash',
      fields: { 'user.name': 'eve', 'event.category': ['authentication'], 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sudo:      eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/eve ; USER=root ; COMMAND=/bin/bash',
      fields: { 'user.name': 'eve', 'event.action': 'sudo_denied', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 doas: eve ran command ls -l as root from /home/eve',
      fields: { 'user.name': 'eve', 'user.effective.name': 'root', 'process.command_line': 'ls -l' },
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
