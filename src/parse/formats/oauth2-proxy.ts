import { defineFormat } from '../format.ts';
import { address, ip, longest, number, oneOf, oneWord, pattern, quoted, skip, stamp, text, url, within } from '../pattern.ts';
import { addressAndPort } from '../pieces/access.ts';

/** Its client, or the client that a proxy of its own has told it of. */
const client = oneOf([within('word', addressAndPort)], [ip('source')], [address('source')]);
const said = oneWord(
  {
    Success: { 'event.category': ['authentication'], 'event.action': 'login', 'event.outcome': 'success' },
    Failure: { 'event.category': ['authentication'], 'event.action': 'login', 'event.outcome': 'failure' },
    Error: { 'event.action': 'auth_error' },
  },
  'first',
);
/** Anybody may choose the name under which a login fails; who makes a request has logged in. */
const login = pattern`${within('last', pattern`${client} - ${skip('word')} - ${longest('user.name')} [${stamp('slashed')}`)}] [Auth${said}] ${skip('rest')}`;
const request = pattern`${client} - ${skip('word')} - ${text('user.name')} [${stamp('slashed')}] ${text('url.domain')} ${text('http.request.method')} ${text('service.name')} "${within('quote', [url('rest')])}" HTTP/${text('http.version')} "${quoted('user_agent.original')}" ${number('http.response.status_code')} ${number('http.response.body.bytes')} ${skip('rest')}`;

export default defineFormat({
  name: 'oauth2_proxy',
  title: 'oauth2-proxy: requests and logins',
  source: 'https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview#logging-configuration',
  rank: 56,
  dataset: 'oauth2_proxy',
  pattern: [oneOf(login, request)],
  samples: [
    {
      kind: 'good',
      line: '203.0.113.5:4022 - 8b0e77aa - eve@shop.example [2026/11/22 13:36:00] [AuthFailure] Invalid authentication via HtpasswdFile',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'user.name': 'eve@shop.example',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '203.0.113.5:4022 - 8b0e77aa - ann@shop.example [2026/11/22 13:36:00] shop.example GET - "/a?b=c" HTTP/1.1 "curl/8" 403 2725 0.001',
      fields: {
        'user.name': 'ann@shop.example',
        'source.ip': '203.0.113.5',
        'url.path': '/a',
        'url.query': 'b=c',
        'url.domain': 'shop.example',
        'http.request.method': 'GET',
        'http.response.status_code': 403,
        'user_agent.original': 'curl/8',
      },
    },
    {
      kind: 'malformed',
      line: '203.0.113.5:4022 - 8b0e77aa - - [2026/11/22 13:36:00] [AuthFailure]',
      takenBy: 'stamped',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '203.0.113.5:4022 - 8b0e77aa - x [2026/11/22 13:36:00] [AuthSuccess] y [2026/11/22 13:36:00] [AuthFailure] Invalid authentication via HtpasswdFile',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
