import { defineDataset } from '../dataset.ts';
import { address, longest, number, oneOf, pattern, rest, skip, text, upTo, within } from '../pattern.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

const failure = loginFailure('console_login');
const success = loginSuccess('console_login');

export default defineDataset({
  name: 'console_login',
  source: 'login(1) of util-linux: login-utils/login.c, and of shadow: src/login.c',
  programs: ['login', '/bin/login', 'remote', 'rlogind', 'telnetd', 'agetty'],
  messages: [
    pattern`FAILED LOGIN (${number()}) on '${text('event.reason')}' ${oneOf(pattern`from '${within('first', [address('source', 'rest')])}' `, [])}FOR '${longest('user.name')}', ${skip('rest')}${failure}`,
    pattern`FAILED LOGIN ${oneOf(pattern`${number()} `, pattern`SESSION `, [])}FROM ${oneOf([address('source')], [skip('word')])} FOR ${longest('user.name')}, ${skip('rest')}${failure}`,
    pattern`TOO MANY LOGIN TRIES (${number()}) FROM ${oneOf([address('source')], [skip('word')])} FOR ${longest('user.name')}, ${skip('rest')}${failure}`,
    pattern`invalid password for '${longest('user.name')}' on '${skip('first')}'${oneOf(pattern` from '${address('source', 'first')}'`, [])}${skip('rest')}${failure}`,
    pattern`ROOT LOGIN ${oneOf(pattern`ON `, pattern` on '`)}${upTo("' ")}${oneOf(pattern` FROM ${address('source')}`, pattern`' from '${address('source', 'first')}'`, [])}${skip('rest')}${success}`,
    pattern`LOGIN ON ${upTo(' ')} BY ${upTo(' ', 'user.name')}${oneOf(pattern` FROM ${address('source')}`, [])}${skip('rest')}${success}`,
    pattern`DIALUP AT ${upTo(' ')} BY ${rest('user.name')}${success}`,
  ],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 login[77]: FAILED LOGIN (1) on '/dev/tty1' FOR 'eve', Authentication failure",
      fields: { 'user.name': 'eve', 'event.category': ['authentication'], 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 login[77]: LOGIN ON pts/1 BY eve FROM gate.example',
      fields: { 'user.name': 'eve', 'source.domain': 'gate.example', 'event.outcome': 'success' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 login[77]: LOGIN ON pts/1', fields: { 'event.action': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 login[77]: FAILED LOGIN 1 FROM 203.0.113.5 FOR x FROM 192.0.2.1 FOR y, Authentication failure',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x FROM 192.0.2.1 FOR y' },
    },
  ],
});
