import { defineDataset } from '../dataset.ts';
import {
  anyWord,
  ip,
  longest,
  number,
  oneOf,
  type Pattern,
  pairs,
  pattern,
  rest,
  set,
  skip,
  text,
  upTo,
  url,
  within,
} from '../pattern.ts';
import { addressAndPort, ahead } from '../pieces/access.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

const failed = loginFailure('login');

/** What Elasticsearch's auditing calls what happened. */
const audited = oneOf(
  pattern`authentication_failed${failed}`,
  pattern`anonymous_access_denied${failed}`,
  pattern`realm_authentication_failed${set({ 'event.action': 'realm_authentication_failed' })}`,
  pattern`authentication_success${loginSuccess('login')}`,
  ...['access_denied', 'connection_denied', 'run_as_denied', 'tampered_request'].map(
    (action): Pattern => [{ kind: 'literal', text: action }, set({ 'event.action': action, 'event.outcome': 'failure' })],
  ),
  ...['access_granted', 'connection_granted', 'run_as_granted'].map(
    (action): Pattern => [{ kind: 'literal', text: action }, set({ 'event.action': action, 'event.outcome': 'success' })],
  ),
);

const layer = oneOf(pattern`[transport] `, pattern`[rest] `, pattern`[ip_filter] `);
const elasticsearch = pattern`${oneOf(
  [...pattern`[${upTo('] ', 'host.name')}] `, layer],
  [layer],
)}[${audited}]${skip('blanks')}${set({ 'log.dataset': 'elasticsearch.audit' })}${pairs(
  {
    origin_address: pattern`[${ip('source', 'first')}]`,
    principal: pattern`[${text('user.name')}]`,
    uri: pattern`[${text('url.original')}]`,
  },
  ',',
)}`;

/** NATS names the client before all that it says of it. */
const ofClient = ahead([oneOf(pattern`cid:`, pattern`rid:`, pattern`lid:`, pattern`wid:`, pattern`mid:`)]);
const nats = pattern`${within('word', addressAndPort)} - ${ofClient}${upTo(' ')} - ${set({ 'log.dataset': 'nats' })}${oneOf(
  [
    oneOf(
      pattern`Authentication Error`,
      pattern`authentication error`,
      pattern`Authorization Error`,
      pattern`authorization error`,
    ),
    failed,
    oneOf(pattern` - User "${longest('user.name')}"`, []),
    skip('rest'),
  ],
  [skip('rest')],
)}`;

const seen = set({ 'log.dataset': 'crowdsec', 'event.category': ['intrusion_detection'] });
const crowdsec: readonly Pattern[] = [
  pattern`Ip ${ip('source')} performed '${text('rule.name')}' (${skip('rest')}${seen}${set({ 'event.action': 'found' })}`,
  pattern`(${skip('first')}) ${upTo(' ', 'rule.name')} by ip ${ip('source')} ${skip('first')} : ${upTo(' ')} ban on ${skip('rest')}${seen}${set({ 'event.action': 'ban' })}`,
];

/** Heroku's router, behind whatever head carries it. */
const heroku = pattern`at=${anyWord(anyCaseLevels, 'word')} ${set({ 'log.dataset': 'heroku.access' })}${ahead(pattern`${oneOf(pattern`method=`, pattern`code=`)}`)}${pairs(
  {
    method: [rest('http.request.method')],
    path: [url('rest')],
    host: [rest('url.domain')],
    fwd: [oneOf(pattern`${skip('last')}, ${ip('source', 'rest')}`, [ip('source', 'rest')])],
    code: [rest('event.code')],
    status: [number('http.response.status_code')],
    bytes: [number('http.response.body.bytes')],
  },
)}`;

export default defineDataset({
  name: 'services',
  source:
    'Elasticsearch 6, x-pack LoggingAuditTrail.java; nats-server: server/client.go, auth.go; CrowdSec: cmd/crowdsec/output.go, pkg/apiserver/controllers/v1/alerts.go; Heroku router logs',
  programs: ['*'],
  messages: [elasticsearch, nats, ...crowdsec, heroku],
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00,011] [node-0] [rest] [authentication_failed]\torigin_address=[203.0.113.5], principal=[eve], uri=[/_security/user]',
      fields: { 'host.name': 'node-0', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00,011] [transport] [access_denied]\torigin_type=[rest], origin_address=[203.0.113.5], principal=[eve], action=[indices:data/read/search], indices=[shop]',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.action': 'access_denied', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '[7] 2026/11/22 13:36:00.117892 [ERR] 203.0.113.5:53324 - cid:7 - Authentication Error',
      fields: { 'log.dataset': 'nats', 'source.ip': '203.0.113.5', 'source.port': 53324, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: `time="2026-11-22T13:36:00Z" level=info msg="Ip 203.0.113.5 performed 'crowdsecurity/ssh-bf' (6 events over 10s) at 2026-11-22 13:36:00 +0000 UTC"`,
      fields: { 'rule.name': 'crowdsecurity/ssh-bf', 'source.ip': '203.0.113.5', 'event.action': 'found' },
    },
    {
      kind: 'good',
      line: 'time="2026-11-22T13:36:00Z" level=info msg="(8f1a77/crowdsec) crowdsecurity/ssh-bf by ip 203.0.113.5 (XX/64500) : 4h ban on Ip 203.0.113.5"',
      fields: { 'rule.name': 'crowdsecurity/ssh-bf', 'source.ip': '203.0.113.5', 'event.action': 'ban' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123456+00:00 heroku[router]: at=info method=GET path="/a?b=c" host=shop.example request_id=1 fwd="203.0.113.5" dyno=web.1 connect=1ms service=4ms status=404 bytes=12 protocol=https',
      fields: { 'source.ip': '203.0.113.5', 'url.query': 'b=c', 'url.domain': 'shop.example', 'http.response.status_code': 404 },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22T13:36:00,011] [node-0] [rest] [authentication_failed]',
      fields: { 'source.ip': undefined, 'event.outcome': 'failure' },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22T13:36:00,011] [node-0] [rest] [authentication_failed]\torigin_address=[203.0.113.5], principal=[x], origin_address=[192.0.2.1], uri=[/]',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
