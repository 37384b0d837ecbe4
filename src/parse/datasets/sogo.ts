import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, pattern, rest, skip, url, withinUpTo, word } from '../pattern.ts';

/** The client, and proxies behind it; a target with a quote in it is encoded by the web server before SOGo. */
const client = oneOf(
  pattern`${withinUpTo(' ,', [ip('source', 'rest')])} "`,
  pattern`${withinUpTo(' ,', [ip('source', 'rest')])}, ${skip('first')} "`,
);

export default defineDataset({
  name: 'sogo',
  source: 'SOPE: NGHttp+WO/WOHttpTransaction.m (access log); what it says of logins any program may say',
  programs: ['sogod', 'SOGo'],
  messages: [
    pattern`${client}${word('http.request.method')} ${url('first')} HTTP/${withinUpTo('"', [rest('http.version')])}" ${number('http.response.status_code')} ${number('http.response.body.bytes')}/${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sogod[55]: 203.0.113.5, 192.0.2.7 "POST /SOGo/connect?x=1 HTTP/1.1" 403 34/65 0.020 - - 4K - 13',
      fields: {
        'source.ip': '203.0.113.5',
        'http.request.method': 'POST',
        'url.path': '/SOGo/connect',
        'http.response.status_code': 403,
        'http.response.body.bytes': 34,
      },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sogod[55]: 203.0.113.5 "" 400 0',
      fields: { 'http.request.method': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sogod[55]: 203.0.113.5 "GET /192.0.2.1%20%22GET HTTP/1.1" 404 0/0 0.001 - - 0 - 13',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
