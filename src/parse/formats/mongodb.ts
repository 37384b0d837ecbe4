import { defineFormat } from '../format.ts';
import { longest, oneOf, oneWord, optional, pattern, set, skip, stamp, upTo, within, word } from '../pattern.ts';
import { levelLetters } from '../pieces/level-words.ts';
import { peer } from '../pieces/login.ts';
import { loginFailure } from '../pieces/outcomes.ts';

const failed = loginFailure('mongodb_login');
const messages = oneOf(
  pattern`SASL ${skip('first')} authentication failed for ${longest('user.name')} on ${skip('first')} from client ${peer}${failed}`,
  pattern`Failed to authenticate ${longest('user.name')} from client ${peer}${failed}`,
  pattern`Failed to authenticate ${longest('user.name')} with mechanism ${skip('rest')}${failed}`,
  pattern`${upTo(' ')} authentication failed for ${longest('user.name')} on ${skip('first')} from client ${peer}${failed}`,
  pattern`connection accepted from ${peer}`,
  pattern`end connection ${peer}`,
  pattern`received client metadata from ${peer}`,
  [],
);

export default defineFormat({
  name: 'mongodb',
  title: 'MongoDB log before 4.4 (text)',
  source: 'https://www.mongodb.com/docs/v4.2/reference/log-messages/',
  rank: 63,
  joins: 'traces',
  pattern: pattern`${oneOf([stamp('iso')], [stamp('asctime')])} ${oneWord(levelLetters)} ${word('log.logger')} ${skip('blanks')}${optional(pattern`[${skip('first')}] `)}${skip('blanks')}${set({ 'log.dataset': 'mongodb' })}${within('rest', [messages], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.450+0100 I ACCESS   [conn7] SASL SCRAM-SHA-1 authentication failed for eve on admin from client 203.0.113.5:4022 ; UserNotFound',
      fields: {
        timestamp: '2026-11-22T12:36:00.450Z',
        'log.level': 'info',
        'log.logger': 'ACCESS',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:01.450+0000 W -        [initandlisten] low memory',
      fields: { 'log.level': 'warning', 'log.logger': undefined, message: 'low memory' },
    },
    { kind: 'malformed', line: '2026-11-22T13:36:02.450+0000 I NETWORK  [listener] ', fields: { 'log.level': 'info' } },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:03.450+0000 I ACCESS   [conn7] SASL SCRAM-SHA-1 authentication failed for x on y from client 192.0.2.1:1 on admin from client 203.0.113.5:4022 ; UserNotFound',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
