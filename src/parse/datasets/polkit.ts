import { defineDataset } from '../dataset.ts';
import { longest, oneOf, pattern, set, skip, text, upTo } from '../pattern.ts';
import { loginFailure } from '../pieces/outcomes.ts';

const context = pattern` [USER=${text('user.effective.name')}] [TTY=${skip('first')}] [CWD=${skip('first')}] [COMMAND=${longest('process.command_line')}]${skip('rest')}`;
const denied = set({ 'event.category': ['iam'], 'event.action': 'pkexec_denied', 'event.outcome': 'failure' });

export default defineDataset({
  name: 'polkit',
  source: 'polkit: src/programs/pkexec.c (log_message), src/polkitbackend/polkitbackendinteractiveauthority.c',
  programs: ['pkexec', 'polkitd', 'polkit-agent-helper-1'],
  messages: [
    pattern`${upTo(' :', 'user.name')}: ${oneOf(
      pattern`Executing command${context}${set({ 'event.category': ['process'], 'event.action': 'pkexec_command', 'event.outcome': 'success' })}`,
      pattern`Error executing command as another user: ${text('event.reason')}${context}${denied}`,
      pattern`The value for ${text('event.reason')}${context}${set({ 'event.category': ['process'], 'event.action': 'pkexec_environment', 'log.level': 'warning' })}`,
    )}`,
    pattern`Operator of ${skip('first')} FAILED to authenticate to gain ${skip('first')} for action ${upTo(' ', 'event.reason')}${loginFailure('polkit_login')}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 pkexec[77]: eve: Executing command [USER=root] [TTY=/dev/pts/3] [CWD=/home/eve] [COMMAND=/usr/bin/id]',
      fields: { 'user.name': 'eve', 'user.effective.name': 'root', 'process.command_line': '/usr/bin/id' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 pkexec[77]: eve: Executing', fields: { 'user.name': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 pkexec[77]: eve: Error executing command as another user: Not authorized [USER=root] [TTY=/dev/pts/3] [CWD=/tmp] [COMMAND=x: Executing command [USER=y]]',
      fields: { 'user.name': 'eve', 'event.outcome': 'failure', 'event.action': 'pkexec_denied' },
    },
  ],
});
