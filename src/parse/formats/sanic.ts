import { defineFormat } from '../format.ts';
import { end, number, oneOf, oneWord, optional, pattern, skip, upTo, url, within, withinUpTo, word } from '../pattern.ts';
import { addressAndPort } from '../pieces/access.ts';
import { largeLevels } from '../pieces/level-words.ts';
import { bracketed, moment } from '../pieces/moments.ts';

const logger = pattern`(${upTo(' )', 'log.logger')})[${withinUpTo(']', [oneWord(largeLevels, 'rest')])}]`;
/** The peer, or `UNKNOWN`. */
const peer = oneOf(pattern`[${within('first', addressAndPort)}]: `, pattern`[${upTo(' ]')}]: `);
/** Status and bytes, behind the message, which is empty for what is served. */
const result = pattern` ${optional([upTo(' ')])} ${number('http.response.status_code')} ${number('http.response.body.bytes')}${end()}`;

export default defineFormat({
  name: 'sanic',
  title: 'Sanic access log',
  source: 'https://sanic.dev/en/guide/best-practices/logging.html (access_log_format)',
  rank: 56,
  dataset: 'web.access',
  pattern: pattern`${bracketed(moment)} ${optional(pattern`- `)}${logger}${peer}${word('http.request.method')} ${url('word')}${oneOf(result, [skip('rest')])}`,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00 +0000] - (sanic.access)[INFO][203.0.113.5:49152]: GET http://shop.example/a?b=1  404 734',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'info',
        'log.logger': 'sanic.access',
        'source.ip': '203.0.113.5',
        'source.port': 49152,
        'url.domain': 'shop.example',
        'url.path': '/a',
        'url.query': 'b=1',
        'http.request.method': 'GET',
        'http.response.status_code': 404,
        'http.response.body.bytes': 734,
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 +0000 - (sanic.access)[INFO][2001:db8::5:49152]: POST http://shop.example/login  401 12',
      fields: { 'source.ip': '2001:db8::5', 'url.path': '/login', 'http.response.status_code': 401 },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22 13:36:00 +0000] - (sanic.access)[INFO][UNKNOWN]: GET http://shop.example/',
      fields: { 'source.ip': undefined, 'http.request.method': 'GET', 'http.response.status_code': undefined },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:00 +0000] - (sanic.access)[INFO][203.0.113.5:1]: GET http://shop.example/x?[192.0.2.1:1]:%20GET%20/%20%20200%201  404 7',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404, 'http.response.body.bytes': 7 },
    },
  ],
});
