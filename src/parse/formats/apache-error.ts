import { defineFormat } from '../format.ts';
import { levelConstants } from '../level-words.ts';
import { end, ip, number, oneOf, oneWord, optional, pattern, rest, set, skip, stamp, text, within } from '../pattern.ts';

const processAndThread = within('first', [oneOf(pattern`${number('process.pid')}:tid ${skip('rest')}`, [number('process.pid')])]);
const client = within('first', [
  oneOf(pattern`${ip('source', 'last')}:${number('source.port')}${end()}`, [ip('source', 'rest')], []),
]);
const level = oneOf(pattern`${text('log.logger')}:${oneWord(levelConstants, 'rest')}`, [oneWord(levelConstants, 'rest')]);
const referrer = optional(pattern`${skip('last')}, referer: ${rest('http.request.referrer')}`);

export default defineFormat({
  name: 'apache_error',
  title: 'Apache error log, 2.4',
  source: 'https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat',
  rank: 60,
  pattern: pattern`[${stamp('asctime')}] [${within('first', [level])}] [pid ${processAndThread}] ${optional(pattern`[client ${client}] `)}${set({ 'log.dataset': 'apache.error' })}${within('rest', [referrer], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:22.123456 2026] [authz_core:error] [pid 4321:tid 140012] [client 203.0.113.5:51122] AH01630: client denied by server configuration: /srv/www/.git',
      fields: {
        'log.dataset': 'apache.error',
        'log.level': 'error',
        'log.logger': 'authz_core',
        'process.pid': 4321,
        'source.ip': '203.0.113.5',
        'source.port': 51122,
        message: 'AH01630: client denied by server configuration: /srv/www/.git',
      },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:23.000001 2026] [mpm_prefork:notice] [pid 1] AH00163: Apache/2.4 configured -- resuming normal operations',
      fields: { 'log.level': 'notice', 'process.pid': 1, 'source.ip': undefined },
    },
    {
      kind: 'malformed',
      line: '[Sun Nov 22 14:10:24.000001 2026] [core:error] [pid 1:tid 2] [client 2001:db8::7:4022] script not found',
      fields: { 'source.ip': '2001:db8::7', 'source.port': 4022, message: 'script not found' },
    },
    {
      kind: 'hostile',
      line: '[Sun Nov 22 14:10:25.000001 2026] [core:info] [pid 1:tid 2] [client 203.0.113.9:7] AH00128: File does not exist: /srv/] [client 192.0.2.1:80] x',
      fields: { 'source.ip': '203.0.113.9', 'source.port': 7 },
    },
  ],
});
