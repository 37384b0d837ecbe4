import { defineDataset } from '../dataset.ts';
import { ip, oneOf, oneWord, optional, pattern, skip, text, within } from '../pattern.ts';
import { levelConstants } from '../pieces/level-words.ts';

/** `[robot lists.example] [session 1] [client 192.0.2.1] [list x] [user eve@far.example] words`. */
const context = pattern`[robot ${text('url.domain')}] ${optional(pattern`[session ${skip('first')}] `)}[client ${ip('source', 'first')}]${optional(pattern` [list ${skip('first')}]`)}${optional(pattern` [user ${text('user.name')}]`)}${skip('rest')}`;

export default defineDataset({
  name: 'sympa',
  source: 'Sympa: src/lib/Sympa/Log.pm, src/cgi/wwsympa.fcgi (wwslog)',
  programs: ['wwsympa', 'sympa', 'sympa_soap', 'sympa_msg', 'bulk', 'archived', 'bounced', 'task_manager'],
  messages: [
    // Arguments of a function are the client's, and stand before the context.
    pattern`${oneWord(levelConstants, 'first')} ${oneOf(
      pattern`${within('first', pattern`${skip('word')}`)}::${oneOf(pattern`: ${context}`, pattern` ${context}`, pattern`${skip('first')}(${within('last', [skip('rest')])}) ${context}`)}`,
      [skip('rest')],
    )}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 wwsympa[55]: info main:: [robot lists.example] [session 55] [client 203.0.113.5] [user eve@far.example] Unknown action robots.txt',
      fields: { 'log.level': 'info', 'source.ip': '203.0.113.5', 'user.name': 'eve@far.example', 'url.domain': 'lists.example' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 wwsympa[55]: info main:: [robot',
      fields: { 'log.level': 'info', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 wwsympa[55]: info main::do_info(x [client 192.0.2.1] y) [robot lists.example] [session 55] [client 203.0.113.5] [list z]',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
