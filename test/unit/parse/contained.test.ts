import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../../support/generated.ts';
import { parseLines } from '../../support/parse-lines.ts';

/* What is read of these is in the samples of the formats; here kernel and scanner, which `parseLines` compares, must agree. */

const time = '2026-11-22T13:36:00.123456789Z';
const access = '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /x?a=1 HTTP/1.1" 404 162 "-" "curl/8"';
const pino =
  '{"level":50,"time":1795354560123,"hostname":"web1","req":{"method":"GET","url":"/x?a=1","remoteAddress":"203.0.113.5"},"msg":"failed"}';

function docker(log: string, more: object = {}): string {
  return JSON.stringify({ log: `${log}\n`, stream: 'stdout', ...more, time });
}

function cri(log: string): string {
  return `${time} stderr F ${log}`;
}

describe('lines of containers are read by the kernel as by the scanner', () => {
  const inside = [
    access,
    access.replace('13:36:00 +0000', '14:36:00 +0100'),
    access.replace('13:36:00', '11:00:00'),
    access.replace('22/Nov/2026:13:36:00 +0000', 'x'),
    access.replace('curl/8', 'a \\"b\\" \\\\ \t é 😀'),
    pino,
    pino.replace('1795354560123', '1795000000000'),
    pino.replace('"time":1795354560123,', ''),
    '{"level":"warn","msg":"login failed","username":"eve","client_ip":"203.0.113.5"}',
    '{"level":"warn","msg":"cut in ha',
    'Nov 22 13:36:00 web1 sshd[7]: Failed password for root from 203.0.113.5 port 4022 ssh2',
    '2026-11-22 13:36:00,123 ERROR [main] org.example.Cart - no such cart',
    '\tat org.example.Cart.add(Cart.java:7)',
    'Traceback (most recent call last):',
    'ERROR: ready',
    '\u001b[32mINFO\u001b[0m ready',
    '\u0000x',
    ' ',
    '',
    'x\r',
  ];
  const wrapped = inside.flatMap((log) => [
    docker(log),
    docker(log, { attrs: { tag: 'web', 'a"b': '\\' } }),
    docker(log, { attrs: { tag: 1 } }),
    docker(log, { attrs: {} }),
    docker(log, { kubernetes: { container_name: 'web', host: 'node1' } }),
    JSON.stringify({ time, log: `${log}\n`, stream: 'stderr' }),
    JSON.stringify({ log, stream: 'stdout', time }),
    docker(log).replace(time, '2026-11-22 13:36:00'),
    docker(log).replace(time, ''),
    docker(log).replace('stdout', 'stdin'),
    `${docker(log)} `,
    docker(log).slice(0, -1),
    cri(log),
    cri(log).replace(' F ', ' P '),
    cri(log).replace(' F ', ' F:x '),
    cri(log).replace('Z', '+01:00'),
    cri(log).replace(time, '2026-11-22 13:36:00Z'),
  ]);

  test('each of them behind one that was read, and before another', async () => {
    for (const start of [docker(access), docker(pino), cri(access), cri(pino)]) {
      const { counts } = await parseLines(wrapped.flatMap((line) => [start, line, start]));
      assert.equal(counts.lines, counts.records + counts.joined);
    }
  });

  test('in any order', async () => {
    const lines = fc.array(fc.constantFrom(...wrapped, docker(access), docker(pino), cri(access), cri(pino)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lines, async (ones) => {
        const { counts } = await parseLines(ones);
        assert.equal(counts.lines, counts.records + counts.joined);
      }),
      { numRuns: 100 },
    );
  });

  test('with the dataset that the name of their source tells', async () => {
    const { records } = await parseLines([docker(access), docker(access)], { source: '/var/log/nginx/web.log' });
    assert.deepEqual(
      records.map(({ log }) => log.dataset),
      ['nginx.access', 'nginx.access'],
    );
  });

  test('whatever lines of the other kind have held before', async () => {
    const lines = [
      ...[cri(access), cri(access), cri(access)].map((original) => ['/var/log/nginx/pod.log', original]),
      ...[docker('ready'), docker(access), docker(access)].map((original) => ['/srv/other.log', original]),
    ].map(([source, original]) => JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset: 0 }, original }));
    const { records } = await parseLines(lines, { kind: 'envelopes' });
    assert.deepEqual(
      records.slice(3).map(({ log }) => log.dataset),
      [undefined, 'web.access', 'web.access'],
    );
  });
});
