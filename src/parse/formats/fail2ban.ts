import { defineFormat } from '../format.ts';
import { number, oneOf, oneWord, optional, pattern, rest, set, skip, stamp, upTo, within, withinUpTo } from '../pattern.ts';
import { jailAction } from '../pieces/fail2ban.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';

const processId = optional(pattern`[${number('process.pid')}]`);

export default defineFormat({
  name: 'fail2ban',
  title: "fail2ban's own log",
  source: 'fail2ban: server/server.py (log format), server/actions.py, server/filter.py',
  rank: 72,
  pattern: pattern`${stamp('iso')} fail2ban.${upTo(' :[', 'log.logger')}${skip('blanks')}${processId}${optional(pattern`:`)}${skip('blanks')}${withinUpTo(' ', [oneWord(anyCaseLevels, 'rest')])}${skip('blanks')}${set({ 'log.dataset': 'fail2ban' })}${within('rest', [oneOf(jailAction, [rest()])], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,388 fail2ban.actions        [123]: NOTICE  [sshd] Ban 203.0.113.5',
      fields: {
        timestamp: '2026-11-22T13:36:00.388Z',
        'log.level': 'notice',
        'process.pid': 123,
        'service.name': 'sshd',
        'source.ip': '203.0.113.5',
        'event.action': 'ban',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,388 fail2ban.filter         [123]: INFO    [sshd] Found 2001:db8::5 - 2026-11-22 13:36:00',
      fields: { 'source.ip': '2001:db8::5', 'event.action': 'found', 'log.logger': 'filter' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00,388 fail2ban.actions: WARNING [ssh] Ban',
      fields: { 'log.level': 'warning', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00,388 fail2ban.filter [123]: WARNING Determined IP using DNS Lookup: [x] Ban 192.0.2.1 = 203.0.113.5',
      fields: { 'source.ip': undefined, 'event.action': undefined },
    },
  ],
});
