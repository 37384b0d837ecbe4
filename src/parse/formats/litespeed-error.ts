import { defineFormat } from '../format.ts';
import { ip, longest, number, oneOf, oneWord, optional, pattern, skip, stamp, text, within } from '../pattern.ts';
import { largeLevels } from '../pieces/level-words.ts';
import { loginFailure } from '../pieces/outcomes.ts';

const failure = loginFailure('http_login');

/** `203.0.113.5:45164:HTTP2-41#host`: the client, and the connection that it is. */
const connection = oneOf(
  pattern`[[${ip('source', 'first')}]:${number('source.port')}${skip()}] `,
  pattern`[${within('first', [oneOf(pattern`${ip('source', 'first')}:${number('source.port')}${skip('rest')}`, [])])}] `,
);

const events = oneOf(
  pattern`${optional(pattern`[STDERR] `)}[WebAdmin Console] Failed Login Attempt - username:${longest('user.name')} ip:${failure}${skip('rest')}`,
  pattern`User '${text('user.name')}' failed to authenticate${failure}${skip('rest')}`,
  [],
);

export default defineFormat({
  name: 'litespeed_error',
  title: 'LiteSpeed and OpenLiteSpeed error log',
  source: 'https://docs.openlitespeed.org/; openlitespeed: src/log4cxx/layout.cpp',
  rank: 60,
  dataset: 'litespeed.error',
  pattern: pattern`${stamp('iso')} [${oneWord(largeLevels, 'first')}] [${number('process.pid')}] ${optional([connection])}${within('rest', [events], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: "2026-11-22 13:36:00.353044 [INFO] [1226038] [203.0.113.5:61120-5#Example] User 'eve' failed to authenticate.",
      fields: {
        'log.level': 'info',
        'process.pid': 1226038,
        'source.ip': '203.0.113.5',
        'source.port': 61120,
        'user.name': 'eve',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
        message: "User 'eve' failed to authenticate.",
      },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00.353044 [NOTICE] [7] [[2001:db8::5]:4022:HTTP2-41#x] [STDERR] PHP Warning: x',
      fields: { 'source.ip': '2001:db8::5', 'source.port': 4022, message: '[STDERR] PHP Warning: x' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00.353044 [NOTICE] [7] [AutoRestarter] new child process with pid=8 is forked!',
      fields: { 'source.ip': undefined, message: 'new child process with pid=8 is forked!' },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00.774649 [NOTICE] [7] [203.0.113.5:45164:HTTP2-41#_AdminVHost] [STDERR] [WebAdmin Console] Failed Login Attempt - username:a ip:192.0.2.1 ip:203.0.113.5 url:',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'a ip:192.0.2.1', 'event.outcome': 'failure' },
    },
  ],
});
