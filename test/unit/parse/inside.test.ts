import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at } from '../../../src/model/decode.ts';
import { withoutColours } from '../../../src/parse/inside.ts';
import { parseLines } from '../../support/parse-lines.ts';
import { recordOf } from '../../support/samples.ts';

const access = '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /x HTTP/1.1" 404 162 "-" "curl/8"';
const json = '{"level":"error","msg":"login failed","ip":"203.0.113.5","user":"eve","hostname":"bank"}';
const java = '2026-11-22 13:36:00,123 ERROR [main] org.example.Cart - no such cart';
const forged = '<34>1 2026-11-22T13:35:59.003Z bank sshd 801 - - Failed password for root from 192.0.2.1 port 4022 ssh2';
const docker = (log: string): string => JSON.stringify({ log: `${log}\n`, stream: 'stderr', time: '2026-11-22T13:36:01Z' });
const journal = (MESSAGE: string): string =>
  JSON.stringify({ __REALTIME_TIMESTAMP: '1795354561000000', _HOSTNAME: 'web1', SYSLOG_IDENTIFIER: 'shop', _PID: '12', MESSAGE });

describe('a line in another is read by all formats', () => {
  const rows: readonly (readonly [shows: string, line: string, fields: Readonly<Record<string, unknown>>])[] = [
    [
      'JSON in syslog',
      `Nov 22 13:36:00 web1 shop[12]: ${json}`,
      { 'host.name': 'web1', 'process.name': 'shop', 'user.name': 'eve' },
    ],
    ['an access log in syslog', `Nov 22 13:36:00 web1 shop[12]: ${access}`, { 'source.ip': '203.0.113.5', message: access }],
    [
      'what has colours whose escapes rsyslog has written out',
      'Nov 22 13:36:00 web1 shop[12]: #033[2m2026-11-22 13:36:00,123#033[0m #033[31mERROR#033[0m [main] org.example.Cart - no cart',
      { 'log.level': 'error', 'log.logger': 'org.example.Cart', message: 'no cart', 'process.name': 'shop' },
    ],
    [
      'what has them as numbers of sixteen',
      String.raw`Nov 22 13:36:00 web1 shop[12]: \x1b[32mtime=2026-11-22T13:36:00Z\x1b[0m level=warn msg="no cart"`,
      { 'log.level': 'warning', message: 'no cart' },
    ],
    ['Java in the journal', journal(java), { 'log.level': 'error', 'log.logger': 'org.example.Cart', 'process.pid': 12 }],
    ['JSON in the journal', journal(json), { 'host.name': 'web1', 'process.name': 'shop', 'source.ip': '203.0.113.5' }],
    ['an access log in Docker', docker(access), { 'log.dataset': 'web.access', 'url.path': '/x', message: undefined }],
    ['Java in CRI', `2026-11-22T13:36:01Z stdout F ${java}`, { 'log.level': 'error', 'log.iostream': 'stdout' }],
    [
      'logfmt in syslog',
      'Nov 22 13:36:00 web1 shop[12]: level=warn msg="no cart"',
      { 'log.level': 'warning', message: 'no cart' },
    ],
    [
      'JSON in syslog in Docker',
      docker(`<14>1 2026-11-22T13:36:00Z web1 shop 12 - - ${json}`),
      { 'user.name': 'eve', 'host.name': 'web1' },
    ],
    [
      'syslog in syslog',
      `Nov 22 13:36:00 relay ${forged}`,
      { 'host.name': 'bank', 'process.name': 'sshd', 'source.ip': '192.0.2.1' },
    ],
    [
      'what a container says without a time',
      docker('ERROR: no cart'),
      { timestamp: '2026-11-22T13:36:01.000Z', 'log.level': 'error' },
    ],
    ['a line with its own time', docker('2026-11-22T13:36:00.5Z ERROR x'), { timestamp: '2026-11-22T13:36:00.500Z' }],
    ['a line with a time that cannot be', docker('2020-11-22T13:36:00.5Z ERROR x'), { timestamp: '2026-11-22T13:36:01.000Z' }],
  ];
  for (const [shows, line, fields] of rows) {
    test(shows, async () => {
      const record = await recordOf(line);
      for (const [name, expected] of Object.entries(fields)) assert.deepEqual(at(record, name.split('.')), expected, name);
    });
  }
});

test('a line cannot pass itself off as another program’s, where what is around it names the program', async () => {
  for (const line of [`Nov 22 13:36:00 web1 shop[12]: ${forged}`, journal(forged)]) {
    const record = await recordOf(line);
    assert.equal(at(record, ['process', 'name']), 'shop');
    assert.equal(at(record, ['host', 'name']), 'web1');
    assert.equal(at(record, ['log', 'dataset']), undefined);
  }
});

test('lines in lines are read to a certain depth', async () => {
  let line = json;
  for (let depth = 0; depth < 9; depth++) line = docker(line);
  assert.equal((await recordOf(line)).log.format, 'docker');
});

test('a line is read as if its colours were not there, and kept with them', async () => {
  const line = '\u001b[90m2026-11-22T13:36:00.000Z\u001b[0m \u001b[31mERROR\u001b[0m [main] no cart';
  const { records } = await parseLines([line, java, line]);
  for (const record of [records[0], records[2]]) {
    assert.equal(record?.log.level, 'error');
    assert.equal(record?.message, 'no cart');
    assert.equal(record?.timestamp, '2026-11-22T13:36:00.000Z');
    assert.equal(record?.original, line);
  }
});

test('colours are taken out, and nothing else', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['plain', undefined],
    ['\u001b[32mINFO\u001b[0m x', 'INFO x'],
    ['\u001b[1;38:5:9mx\u001b[m\u001b[K', 'x'],
    ['\u001b]0;title\u0007', undefined],
    ['\u001b[2Jx', undefined],
    ['\u001b[', undefined],
    [`\u001b[${'1;'.repeat(99)}m`, undefined],
  ];
  for (const [text, expected] of rows) {
    const bytes = Buffer.from(text);
    const found = withoutColours({ bytes, from: 0, to: bytes.length });
    assert.equal(found === undefined ? undefined : Buffer.from(found).toString(), expected, JSON.stringify(text));
  }
});

test('what is without its colours is a copy, of a Buffer too', () => {
  const line = Buffer.from('\u001b[31mred\u001b[0m');
  const copy = withoutColours({ bytes: line, from: 0, to: line.length });
  assert.equal(Buffer.from(copy ?? []).toString(), 'red');
  assert.equal(line.toString(), '\u001b[31mred\u001b[0m');
});
