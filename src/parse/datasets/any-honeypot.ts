import { defineDataset } from '../dataset.ts';
import { end, ip, longest, number, oneOf, optional, pattern, rest, set, skip, text, upTo, withinUpTo } from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent } from '../pieces/outcomes.ts';

const peer = oneOf(
  pattern`[${ip('source', 'first')}]:${number('source.port')}`,
  pattern`${ip('source', 'last')}:${number('source.port')}`,
);
const trap = (action: string) => networkEvent(action);
const sshesame = set({ 'log.dataset': 'sshesame' });

/** sshesame lets everybody in, so that what it calls accepted is an attempt too. */
const deeds = oneOf(
  pattern`authentication for user "${longest('user.name')}" with password "${skip('last')}" accepted${loginSuccess('honeypot_login')}${end()}`,
  pattern`authentication for user "${longest('user.name')}" with password "${skip('last')}" rejected${loginFailure('honeypot_login')}${end()}`,
  pattern`authentication for user "${longest('user.name')}" with${skip('last')} accepted${loginSuccess('honeypot_login')}${end()}`,
  pattern`authentication for user "${longest('user.name')}" without credentials rejected${loginFailure('honeypot_login')}${end()}`,
  pattern`[channel ${number()}] command "${longest('process.command_line')}" requested${trap('honeypot_command')}${end()}`,
  pattern`[channel ${number()}] input: ${rest()}${trap('honeypot_input')}`,
);

export default defineDataset({
  name: 'honeypot',
  source: 'endlessh.c; https://github.com/jaksi/sshesame; Cowrie: src/cowrie/ssh/factory.py, telnet/factory.py',
  programs: ['*'],
  messages: [
    pattern`${deeds}${sshesame}`,
    pattern`ACCEPT host=${ip('source')} port=${number('source.port')} ${skip('rest')}${trap('honeypot_connection')}${set({ 'log.dataset': 'endlessh' })}`,
    pattern`CLOSE host=${ip('source')} port=${number('source.port')} ${skip('rest')}${trap('honeypot_connection')}${set({ 'log.dataset': 'endlessh' })}`,
    pattern`${optional(pattern`${skip('word')} [${upTo(']', 'log.logger')}] `)}New connection: ${withinUpTo(' ', [peer])} (${skip('first')}) [session: ${text('event.code')}]${trap('honeypot_connection')}${set({ 'log.dataset': 'cowrie' })}${skip('rest')}`,
    pattern`${optional(pattern`${skip('word')} `)}[${upTo(',')},${number()},${ip('source', 'first')}] login attempt [${skip('last')}] ${oneOf(pattern`succeeded`, pattern`failed`)}${trap('honeypot_login')}${set({ 'log.dataset': 'cowrie' })}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: '2026/11/22 13:36:00 [203.0.113.5:47346] authentication for user "pi" with password "raspberry" accepted',
      fields: { 'user.name': 'pi', 'source.ip': '203.0.113.5', 'source.port': 47346, timestamp: '2026-11-22T13:36:00.000Z' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.813Z ACCEPT host=::ffff:203.0.113.5 port=39590 fd=4 n=1/4096',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 39590 },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 pot cowrie[2806]: 2026-11-22T13:36:00+0000 [cowrie.ssh.factory.CowrieSSHFactory] New connection: 203.0.113.5:47630 (192.0.2.10:2222) [session: 3e5a9212b91f]',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 47630 },
    },
    { kind: 'malformed', line: '2026-11-22T13:36:00.813Z ACCEPT host=', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: '2026/11/22 13:36:00 [203.0.113.5:47346] authentication for user "x" with password "y" accepted [192.0.2.1:1] authentication for user "z" with password "w" accepted',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 47346 },
    },
  ],
});
