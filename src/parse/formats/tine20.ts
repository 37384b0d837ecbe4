import { defineFormat } from '../format.ts';
import { ip, longest, number, oneOf, oneWord, pattern, rest, set, skip, stamp, text, within, word } from '../pattern.ts';
import { levelConstants } from '../pieces/level-words.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

const levels = Object.fromEntries(Object.entries(levelConstants).map(([name, constants]) => [name.toUpperCase(), constants]));
/** The user who is logged in, or `-- none --`. */
const user = oneOf(pattern`-- none --`, pattern`-- ${skip('first')} --`, [word('user.name')]);
const login = oneOf(
  pattern`Login with username ${within('last', pattern`${longest('user.name')} from ${ip('source', 'rest')}`)} failed (${loginFailure('login')}${skip('rest')}`,
  pattern`Login with username ${within('last', pattern`${longest('user.name')} from ${ip('source', 'rest')}`)} succeeded${loginSuccess('login')}${skip('rest')}`,
  [rest()],
);

export default defineFormat({
  name: 'tine20',
  title: 'tine groupware',
  source: 'tine: Tinebase/Log/Formatter.php',
  rank: 61,
  pattern: pattern`${skip('word')} ${skip('word')} ${user} ${oneOf([stamp('rfc3339')], pattern`${skip('word')} ${stamp('rfc3339')}`)} ${oneWord(levels)} (${number()}): ${set({ 'log.dataset': 'tine20' })}${within('rest', pattern`${text('log.logger')} ${login}`, 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '55a01 00cff -- none -- - 2026-11-22T13:36:00+00:00 WARN (4): Tinebase_Controller::login::106 Login with username eve from 203.0.113.5 failed (-1)!',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'warning',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'malformed',
      line: '55a01 00cff bob 2026-11-22T13:36:00+00:00 INFO (6): Tinebase_Core::x::1 done',
      fields: { 'user.name': 'bob', 'log.level': 'info', message: 'Tinebase_Core::x::1 done' },
    },
    {
      kind: 'hostile',
      line: '55a01 00cff -- none -- - 2026-11-22T13:36:00+00:00 WARN (4): Tinebase_Controller::login::106 Login with username x from 192.0.2.1 failed (-1)! from 203.0.113.5 failed (-1)!',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
