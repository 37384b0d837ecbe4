import { defineDataset } from '../dataset.ts';
import {
  end,
  ip,
  longest,
  number,
  oneOf,
  optional,
  pattern,
  set,
  skip,
  upTo,
  url,
  within,
  withinUpTo,
  word,
} from '../pattern.ts';
import { accessEntry, addressAndPort, ahead, request } from '../pieces/access.ts';
import { apacheError, isApacheError } from '../pieces/apache-error.ts';
import { haproxyEntry } from '../pieces/haproxy.ts';
import { sees } from '../pieces/login.ts';
import { nginxError } from '../pieces/nginx-error.ts';
import { loginFailure } from '../pieces/outcomes.ts';
import { railsRequest } from '../pieces/rails.ts';
import { firewallEvent } from '../pieces/web-firewall.ts';

const failure = loginFailure('http_login');
/** What may stand before an entry: host and program once more, or the name of a logger. */
const again = optional([
  oneOf(pattern`${skip('word')} nginx: `, pattern`${upTo(': ')}: `, pattern`${upTo(': ')}:${ahead([ip('source')])}`),
]);
const access = set({ 'log.dataset': 'web.access' });
const tagged = optional(pattern`[${skip()}] `);

export default defineDataset({
  name: 'any_web',
  source:
    'web servers in containers, whose names are anything; Coraza; Traefik; HestiaCP: auth.log; Tomcat: catalina/realm/LockOutRealm.java',
  programs: ['*'],
  messages: [
    [again, set({ 'log.dataset': 'web.access' }), ...accessEntry],
    [again, ...nginxError],
    [isApacheError, ...apacheError],
    [set({ 'log.dataset': 'haproxy' }), ...haproxyEntry],
    pattern`${firewallEvent}${skip('rest')}`,
    pattern`[client "${ip('source', 'first')}"] ${firewallEvent}`,
    pattern`Handling ${oneOf(pattern`TCP connection`, pattern`UDP stream`)} from ${within('first', addressAndPort)} to `,
    pattern`${within('last', pattern`${longest('user.name')} ${ip('source', 'rest')}`)} failed to login${end()}${failure}`,
    [tagged, ...railsRequest],
    // Tomcat names class and method first.
    pattern`${optional(pattern`${upTo(' ')} `)}An attempt was made to authenticate the locked user [${longest('user.name')}]${end()}${failure}`,
    // gunicorn and uvicorn behind a log of their container.
    [
      within('word', addressAndPort),
      ...pattern` - "${within('quote', [request])}" ${number('http.response.status_code')}${access}${skip('rest')}`,
    ],
    // Play.
    pattern`${skip('first')}] ${ip('source')} ${word('http.request.method')} ${url('last')} took ${skip('word')} and returned ${number('http.response.status_code')} ${number('http.response.body.bytes')} bytes${access}`,
    // Joplin.
    pattern`App: ${number('http.response.status_code')}: ${word('http.request.method')} ${url('first')}: ${withinUpTo(' ', [oneOf(pattern`${ip('source', 'last')}:${end()}`)])} ${oneOf([sees('nvalid username or password'), failure], [])}${skip('rest')}`,
    pattern`App: ${withinUpTo(' ', [oneOf(pattern`${ip('source', 'last')}:${end()}`)])} ${skip('first')}: ${word('http.request.method')} ${url('first')} (${number('http.response.status_code')}) (${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 suhosin[77]: ALERT - tried to register forbidden variable 'GLOBALS' through GET variables (attacker '203.0.113.5', file '/var/www/shop/x.php')",
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'waf_denied' },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 web1 suhosin[77]: ALERT - dropped variable 'x (attacker '192.0.2.1', file ' (attacker '203.0.113.5', file '/var/www/shop/x.php')",
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'waf_denied' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 shop-front[7]: 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "POST /login HTTP/1.1" 401 19 "-" "curl/8"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'web.access',
        'process.name': 'shop-front',
        'source.ip': '203.0.113.5',
        'http.response.status_code': 401,
      },
    },
    {
      kind: 'good',
      line: '{"level":"warn","ts":1795354562.38,"logger":"http.handlers.waf","msg":"[client \\"203.0.113.5\\"] Coraza: Warning. Missing header [id \\"920320\\"]"}',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'waf_match' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 shop[7]: eve 203.0.113.5 failed to login',
      fields: {
        'source.ip': '203.0.113.5',
        'user.name': 'eve',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '[BACKEND][2026-11-22 13:36:00] 203.0.113.5:4022 - "POST /api/token HTTP/1.1" 401',
      fields: { 'source.ip': '203.0.113.5', 'url.path': '/api/token', 'http.response.status_code': 401 },
    },
    {
      kind: 'good',
      line: '[info] o.t.s.AccessLogFilter [1e60|2989] 203.0.113.5 POST /api/v1/login took 8ms and returned 401 65 bytes',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 401, 'http.response.body.bytes': 65 },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00: [error] App: 403: POST /api/sessions: 203.0.113.5: Invalid username or password: {"email":"eve@shop.example"}',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 403, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00: App: 2001:db8::5: 35 B: POST /login (403) (3ms)',
      fields: { 'source.ip': '2001:db8::5', 'url.path': '/login', 'http.response.status_code': 403 },
    },
    {
      kind: 'good',
      line: '22-Nov-2026 13:36:00.123 WARNING [http-nio-8080-exec-2] org.apache.catalina.realm.LockOutRealm.filterLockedAccounts An attempt was made to authenticate the locked user [admin]',
      fields: { 'event.action': 'http_login', 'event.outcome': 'failure', 'user.name': 'admin' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 web1 shop[7]: 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "POST /login',
      fields: { 'log.dataset': undefined, 'http.request.method': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 web1 shop[7]: [a] Started GET "/x" for 192.0.2.1 at 2020-01-01 00:00:00 +0000" for 203.0.113.5 at 2026-11-22 13:36:00 +0000',
      fields: { 'source.ip': '203.0.113.5', timestamp: '2026-11-22T13:36:00.000Z', 'log.dataset': 'rails' },
    },
  ],
});
