import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at } from '../../../../src/model/decode.ts';
import json from '../../../../src/parse/formats/json.ts';
import { recordOf } from '../../../support/samples.ts';

const rows: readonly (readonly [shows: string, value: object, fields: Readonly<Record<string, unknown>>])[] = [
  [
    'ECS in objects',
    { '@timestamp': '2026-11-22T13:36:00Z', log: { level: 'warn' }, source: { ip: '192.0.2.1' } },
    { timestamp: '2026-11-22T13:36:00.000Z', 'log.level': 'warning', 'source.ip': '192.0.2.1' },
  ],
  ['ECS with dots', { 'log.level': 'ERROR', 'host.name': 'web1' }, { 'log.level': 'error', 'host.name': 'web1' }],
  ['seconds since 1970', { ts: 1795354560.5 }, { timestamp: '2026-11-22T13:36:00.500Z', timestamp_quality: undefined }],
  ['milliseconds', { time: 1795354560123 }, { timestamp: '2026-11-22T13:36:00.123Z' }],
  ['microseconds', { time: 1795354560123456 }, { timestamp: '2026-11-22T13:36:00.123Z' }],
  ['nanoseconds', { time: 1_795_354_560_123_456_800 }, { timestamp: '2026-11-22T13:36:00.123Z' }],
  ['a time without a zone', { time: '2026-11-22 13:36:00,5' }, { timestamp: '2026-11-22T13:36:00.500Z' }],
  ['no time at all', { time: 7, msg: 'x' }, { timestamp: '2026-11-23T00:00:00.000Z', timestamp_quality: 'observed' }],
  ['a time that is none', { time: 'today' }, { timestamp_quality: 'observed' }],
  ['levels of pino', { level: 60 }, { 'log.level': 'critical' }],
  ['the lowest level of pino', { level: 10 }, { 'log.level': 'debug' }],
  ['a level that is none', { level: 'loud', severity: 'NOTICE' }, { 'log.level': 'notice' }],
  ['a level that is a name on every object', { level: 'constructor', severity: '__proto__' }, { 'log.level': undefined }],
  ['a message of another name', { msg: 'a "b" \\ \u0000 é 😀' }, { message: 'a "b" \\ \u0000 é 😀' }],
  ['half a surrogate', { msg: 'a\ud800' }, { message: 'a\ud800' }],
  [
    'a request in one text',
    { request: 'POST /a b?c HTTP/1.1', status: 200 },
    { 'http.request.method': 'POST', 'url.path': '/a b', 'url.query': 'c', 'http.version': '1.1', 'log.dataset': 'web.access' },
  ],
  ['a request that is none', { request: '\u0016\u0003' }, { 'http.request.method': undefined, 'url.original': undefined }],
  ['a number in text', { status: '404', size: '12' }, { 'http.response.status_code': 404, 'http.response.body.bytes': 12 }],
  [
    'a number that is none',
    { status: '4e2', size: -1, pid: 1.5 },
    { 'http.response.status_code': undefined, 'http.response.body.bytes': undefined, 'process.pid': undefined },
  ],
  ['a client with a port', { remote_addr: '192.0.2.1:4022' }, { 'source.ip': '192.0.2.1', 'source.port': 4022 }],
  ['a client in brackets', { remote_addr: '[::1]:4022' }, { 'source.ip': '::1', 'source.port': 4022 }],
  ['a mapped client', { ip: '::ffff:192.0.2.1' }, { 'source.ip': '192.0.2.1' }],
  ['a client with a name', { client: 'gate.example' }, { 'source.ip': undefined, 'source.domain': 'gate.example' }],
  [
    'a client that is no address',
    { client_ip: '192.0.2.1, 10.0.0.1', remote_ip: '203.0.113.5' },
    { 'source.ip': '203.0.113.5', 'source.domain': undefined },
  ],
  [
    'nothing and dashes',
    { user: '-', hostname: '', msg: '-' },
    { 'user.name': undefined, 'host.name': undefined, message: undefined },
  ],
  [
    'null, lists and objects',
    { user: null, hostname: ['a'], msg: { a: 1 } },
    { 'user.name': undefined, 'host.name': undefined, message: undefined },
  ],
  [
    'a query apart from its path',
    { remote_addr: '192.0.2.1', request_method: 'GET', uri: '/a', args: 'b=c', status: 200 },
    { 'url.original': '/a?b=c', 'url.path': '/a', 'url.query': 'b=c' },
  ],
  [
    'a query that stands in its target, too',
    { method: 'GET', path: '/a?b=c', query: 'b=c', status: 200 },
    { 'url.original': '/a?b=c', 'url.query': 'b=c' },
  ],
  ['a query of something else', { query: 'shop.example', uri: '/a' }, { 'url.query': undefined, 'url.original': undefined }],
  [
    'an event of Windows by Wazuh',
    {
      win: {
        system: { eventID: '4625', systemTime: '2026-11-22T13:36:00.000Z', channel: 'Security', computer: 'DC1' },
        eventdata: { targetUserName: 'eve', ipAddress: '203.0.113.5' },
      },
    },
    {
      timestamp: '2026-11-22T13:36:00.000Z',
      'event.code': '4625',
      'event.outcome': 'failure',
      'user.name': 'eve',
      'source.ip': '203.0.113.5',
      'host.name': 'DC1',
    },
  ],
  [
    'an event of Windows by evtx_dump',
    {
      Event: {
        System: { EventID: 4625, TimeCreated: { '#attributes': { SystemTime: '2026-11-22T13:36:00Z' } }, Computer: 'DC1' },
        EventData: { TargetUserName: 'eve', IpAddress: '203.0.113.5' },
      },
    },
    { timestamp: '2026-11-22T13:36:00.000Z', 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
  ],
  [
    'a password that a domain controller refused',
    { EventID: 4776, Channel: 'Security', TargetUserName: 'eve', Status: '0xc000006a' },
    { 'event.action': 'ntlm_login', 'event.outcome': 'failure' },
  ],
  [
    'a ticket that a domain controller gave',
    { EventID: 4768, Channel: 'Security', TargetUserName: 'ann', Status: '0x0' },
    { 'event.action': 'kerberos_login', 'event.outcome': 'success' },
  ],
  [
    'a sign-in to Entra that failed',
    {
      time: '2026-11-22T13:36:00Z',
      category: 'SignInLogs',
      resultType: '50126',
      callerIpAddress: '203.0.113.5',
      properties: { userPrincipalName: 'eve@shop.example', status: { errorCode: 50126 } },
    },
    { 'event.outcome': 'failure', 'user.name': 'eve@shop.example', 'source.ip': '203.0.113.5' },
  ],
  [
    'a sign-in to Entra that went well, of Graph',
    {
      createdDateTime: '2026-11-22T13:36:00Z',
      userPrincipalName: 'ann@shop.example',
      ipAddress: '192.0.2.1',
      status: { errorCode: 0 },
    },
    { 'event.outcome': 'success', 'user.name': 'ann@shop.example' },
  ],
  [
    'a login to Google Workspace that failed',
    {
      id: { time: '2026-11-22T13:36:00Z' },
      actor: { email: 'eve@shop.example' },
      ipAddress: '203.0.113.5',
      events: [{ type: 'login', name: 'login_failure' }],
    },
    { 'event.action': 'login_failure', 'event.outcome': 'failure', 'user.name': 'eve@shop.example' },
  ],
  [
    'a wrong password at Auth0',
    { date: '2026-11-22T13:36:00Z', type: 'fp', strategy: 'auth0', client_id: 'x', ip: '203.0.113.5', user_name: 'eve' },
    { 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
  ],
  [
    'a login that GitHub refused',
    { action: 'user.failed_login', actor: 'eve', actor_ip: '203.0.113.5', '@timestamp': 1795354560000 },
    { 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
  ],
  [
    'names that every object has',
    { msg: 'x', constructor: 'y', user: { constructor: 1 } },
    { message: 'x', 'user.name': undefined },
  ],
];

for (const [shows, value, fields] of rows) {
  test(`reads ${shows}`, async () => {
    const record = await recordOf(JSON.stringify(value));
    assert.equal(record.log.format, 'json');
    for (const [name, expected] of Object.entries(fields)) assert.deepEqual(at(record, name.split('.')), expected, name);
  });
}

for (const line of [
  '',
  '[]',
  '"a"',
  '1',
  'null',
  '{',
  '{"a":1',
  '{"a":1}}',
  "{'a':1}",
  '{"a":1} x',
  `${'{"a":'.repeat(5_000)}1`,
]) {
  test(`leaves ${JSON.stringify(line.slice(0, 20))} to others`, () => assert.equal(json.read(line), undefined));
}

test('reads an object nested as deep as a line can hold', async () => {
  const line = `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`;
  assert.equal((await recordOf(line)).log.format, 'json');
});

test('the last of two members of the same name counts, as everywhere', async () => {
  assert.equal((await recordOf('{"msg":"a","msg":"b"}')).message, 'b');
});
