import { defineFormat } from '../format.ts';
import { address, end, longest, number, oneOf, optional, pattern, skip, stamp, text, url, within, word } from '../pattern.ts';
import { moment } from '../pieces/moments.ts';

const zone = pattern`${oneOf(pattern`+`, pattern`-`)}${number()} `;
/** How long it took in ms, and before it the zone where a site logs that. */
const elapsed = pattern`${optional(zone)}${skip('blanks')}${oneOf(pattern`-${number()}`, [number()])} `;

export default defineFormat({
  name: 'squid',
  title: 'Squid access log, native',
  source: 'https://wiki.squid-cache.org/Features/LogFormat (squid); http://www.squid-cache.org/Doc/config/logformat/',
  rank: 55,
  dataset: 'squid.access',
  pattern: pattern`${oneOf([stamp('epoch')], pattern`[${moment}]`)} ${optional(elapsed)}${address('source')} ${text('event.action')}/${number('http.response.status_code')} ${number('http.response.body.bytes')} ${word('http.request.method')} ${oneOf(
    pattern`${url('word')} ${word('user.name')} ${within('word', pattern`${skip('first')}/${address('destination', 'rest')}`)} ${skip('rest')}`,
    pattern`${url('word')} ${longest('user.name')} ${skip('word')}${end()}`,
  )}`,
  samples: [
    {
      kind: 'good',
      line: '1795354560.899  16867 192.0.2.72 TCP_TUNNEL/200 6256 CONNECT logs.example:443 - HIER_DIRECT/203.0.113.5 -',
      fields: {
        timestamp: '2026-11-22T13:36:00.899Z',
        'log.dataset': 'squid.access',
        'source.ip': '192.0.2.72',
        'destination.ip': '203.0.113.5',
        'event.action': 'TCP_TUNNEL',
        'http.request.method': 'CONNECT',
        'http.response.status_code': 200,
        'http.response.body.bytes': 6256,
        'url.original': 'logs.example:443',
        'user.name': undefined,
      },
    },
    {
      kind: 'good',
      line: '1795354560.556      3 192.0.2.1 TCP_REFRESH_MISS/304 2014 GET http://www.example/a?b=c alice DIRECT/www.example text/plain',
      fields: {
        'user.name': 'alice',
        'destination.domain': 'www.example',
        'url.domain': 'www.example',
        'url.path': '/a',
        'url.query': 'b=c',
      },
    },
    {
      kind: 'good',
      line: '[22/Nov/2026:13:36:00 +0100]     12 192.0.2.72 TCP_DENIED/407 3900 CONNECT logs.example:443 - HIER_NONE/- text/html',
      fields: { timestamp: '2026-11-22T12:36:00.000Z', 'source.ip': '192.0.2.72', 'http.response.status_code': 407 },
    },
    {
      kind: 'good',
      line: '1795354560.899 +0300  16867 192.0.2.72 TCP_TUNNEL/200 6256 CONNECT logs.example:443 - HIER_DIRECT/203.0.113.5 -',
      fields: { timestamp: '2026-11-22T13:36:00.899Z', 'source.ip': '192.0.2.72', 'destination.ip': '203.0.113.5' },
    },
    {
      kind: 'malformed',
      line: '1795354560.912      0 192.0.2.50 NONE_NONE/000 0 - error:transaction-end-before-headers - HIER_NONE/- -',
      fields: { 'source.ip': '192.0.2.50', 'http.request.method': undefined, 'destination.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '1795354560.352    132 192.0.2.100 TCP_DENIED/403 1293 GET http://203.0.113.9/?TCP_MISS/200%20HIER_DIRECT/192.0.2.1 eve HIER_NONE/- text/html',
      fields: { 'source.ip': '192.0.2.100', 'http.response.status_code': 403, 'user.name': 'eve', 'destination.ip': undefined },
    },
  ],
});
