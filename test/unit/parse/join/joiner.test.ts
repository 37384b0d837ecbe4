import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Parsed, parseLines, type Settings } from '../../../support/parse-lines.ts';

const originals = ({ records }: Parsed): readonly string[] => records.map(({ original }) => original);
const docker = (stream: string, log: string): string => JSON.stringify({ log, stream, time: '2026-11-22T13:36:00.5Z' });
const envelope = (source: string, offset: number, original: string): string =>
  JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset }, original });

const failed = '2026-11-22 13:36:00,123 ERROR [main] org.example.Cart - no such cart';
const frame = '\tat org.example.Cart.add(Cart.java:7)';

async function entriesOf(lines: readonly string[], settings: Settings = { kind: 'raw' }): Promise<readonly string[]> {
  const parsed = await parseLines(lines, settings);
  assert.equal(parsed.counts.lines, parsed.counts.records + parsed.counts.joined);
  return originals(parsed);
}

describe('lines without a head', () => {
  const rows: readonly (readonly [shows: string, entries: readonly string[]])[] = [
    ['of a Java trace belong to the entry before them', [`${failed}\njava.io.IOException: x\n${frame}\n\t... 7 more`, failed]],
    ['belong to it behind a blank line too', [`${failed}\n\n${frame}`]],
    ['that are indented belong to it', [`${failed}\n  for cart 7\n  of eve`, failed]],
    ['are entries when nothing stands before them', [frame, frame]],
    [
      'behind a line of access do not belong to it',
      ['203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 200 1', frame],
    ],
    ['that say who died do not belong to an entry that says all is well', ['2026-11-22 13:36:00 INFO ready', 'KeyError: 7']],
    ['that start a trace and have a head are entries', ['panic: no cart', 'panic: no cart\n\ngoroutine 1 [running]:']],
    ['of two errors are two entries', ['shop.CartError: a\n    at b (c.js:1:2)', 'shop.CartError: a\n    at b (c.js:1:2)']],
    [
      'of Python are one entry with what caused them',
      [
        'Traceback (most recent call last):\n  File "a", line 1\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a", line 2\nKeyError: 2',
      ],
    ],
    ['of JSON over lines are one entry', ['{\n  "level": "error",\n  "list": [\n    "}"\n  ]\n}', '{\n  "a": 1\n}']],
    ['of JSON end where a line begins that cannot be of it', ['{\n  "a": 1,', failed]],
  ];
  for (const [shows, entries] of rows) {
    test(shows, async () => assert.deepEqual(await entriesOf(entries.flatMap((entry) => entry.split('\n'))), entries));
  }

  test('are an entry of their own when there are too many', async () => {
    const entries = await entriesOf([failed, ...Array.from({ length: 1_500 }, () => frame)]);
    assert.equal(entries[0]?.split('\n').length, 1_000);
    assert.equal(entries.join('\n').split('\n').length, 1_501);
  });

  test('are an entry of their own where the entry would be longer than a line may be', async () => {
    const entries = await entriesOf([failed, ...Array.from({ length: 20 }, () => frame)], { kind: 'raw', maxLineBytes: 256 });
    assert.ok(entries.every((entry) => Buffer.byteLength(entry) <= 256));
    assert.equal(entries.join('\n').split('\n').length, 21);
  });

  test('keep the ends of their lines as they came', async () => {
    assert.deepEqual(await entriesOf([`${failed}\r`, '\r', `${frame}\r`]), [`${failed}\r\n\r\n${frame}`]);
  });

  test('go on with the entry of their source, whatever came from another between', async () => {
    const lines = ['==> a <==', failed, '', '==> b <==', failed, '', '==> a <==', frame, '', '==> b <==', '  of b'];
    assert.deepEqual(await entriesOf(lines, {}), [`${failed}\n${frame}`, `${failed}\n  of b`]);
    const mixed = [envelope('a', 0, failed), envelope('b', 0, failed), envelope('a', 69, frame), envelope('b', 69, '  of b')];
    assert.deepEqual(await entriesOf(mixed, {}), [`${failed}\n${frame}`, `${failed}\n  of b`]);
  });

  test('go on with an entry of a whole envelope, whatever offsets are said', async () => {
    const lines = [envelope('a', 77, `${failed}\n${frame}`), envelope('a', 77, frame), envelope('a', 77, failed)];
    assert.deepEqual(await entriesOf(lines, {}), [`${failed}\n${frame}\n${frame}`, failed]);
  });

  test('do not go on behind a mark, which says that all before it is out', async () => {
    const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}';
    const { text } = await parseLines([envelope('a', 0, failed), mark, envelope('a', 69, frame)]);
    assert.deepEqual(
      text.split('\n').map((line) => /"type":"(\w+)"/.exec(line)?.[1]),
      ['record', 'mark', 'record', undefined],
    );
  });
});

describe('lines of a container', () => {
  test('go on with each other by stream', async () => {
    const lines = [
      docker('stderr', `${failed}\n`),
      docker('stdout', 'a\n'),
      docker('stderr', `${frame}\n`),
      docker('stdout', 'b\n'),
    ];
    const { records } = await parseLines(lines, { kind: 'raw' });
    assert.deepEqual(records.map(({ message }) => message).sort(), ['a', 'b', `no such cart\n${frame}`]);
  });

  test('are put together from their pieces', async () => {
    const lines = [docker('stdout', '{"msg":'), docker('stderr', 'x\n'), docker('stdout', '"a '), docker('stdout', 'b"}\n')];
    const { records, counts } = await parseLines(lines, { kind: 'raw' });
    assert.deepEqual(
      records.map(({ message, log }) => [message, log.lines]),
      [
        ['x', undefined],
        ['a b', 3],
      ],
    );
    assert.equal(counts.joined, 2);
  });

  test('that all lack their ends are no pieces', async () => {
    const { records, counts } = await parseLines([docker('stdout', 'a'), docker('stdout', 'b')], { kind: 'raw' });
    assert.deepEqual(
      records.map(({ message }) => message),
      ['a', 'b'],
    );
    assert.deepEqual([counts.records, counts.joined], [2, 0]);
  });
});

describe('what PostgreSQL adds to an entry', () => {
  const of = (pid: number, text: string): string => `2026-11-22 13:36:00.123 UTC [${pid}] eve@shop ${text}`;

  test('belongs to that of the same process', async () => {
    const lines = [
      of(1, 'ERROR:  relation "a" does not exist'),
      of(2, 'ERROR:  relation "b" does not exist'),
      of(1, 'STATEMENT:  SELECT *'),
      '\tFROM a',
      of(2, 'STATEMENT:  SELECT * FROM b'),
      of(1, 'LOG:  disconnection'),
      of(1, 'DETAIL:  of nothing else'),
    ];
    const { records, counts } = await parseLines(lines, { kind: 'raw' });
    assert.deepEqual(records.map(({ message, process, log }) => [process?.pid, log.lines, message]).sort(), [
      [1, 2, 'disconnection\nof nothing else'],
      [1, 3, 'relation "a" does not exist\nSELECT *\n\tFROM a'],
      [2, 2, 'relation "b" does not exist\nSELECT * FROM b'],
    ]);
    assert.deepEqual([counts.lines, counts.records, counts.joined], [7, 3, 4]);
  });

  test('belongs to no entry that lies a hundred lines back', async () => {
    const others = Array.from({ length: 101 }, (_, index) => of(index + 10, 'LOG:  x'));
    const { records } = await parseLines([of(1, 'ERROR:  a'), ...others, of(1, 'DETAIL:  b')], { kind: 'raw' });
    assert.equal(records.length, 103);
  });
});

describe('a header of W3C', () => {
  const header = (columns: string): string => `#Fields: ${columns}`;

  test('tells what stands in the lines behind it, until another comes, in its source alone', async () => {
    const { records } = await parseLines([
      envelope('a', 0, header('date time cs-method cs-uri-stem sc-status c-ip')),
      envelope('b', 0, header('c-ip date time sc-status cs-uri-stem')),
      envelope('a', 1, '2026-11-22 13:36:00 GET /a 200 203.0.113.5'),
      envelope('b', 1, '203.0.113.6 2026-11-22 13:36:00 404 /b'),
      envelope('a', 2, header('sc-status c-ip date time')),
      envelope('a', 3, '500 203.0.113.7 2026-11-22 13:36:00'),
    ]);
    assert.deepEqual(
      records
        .filter(({ source }) => source !== undefined)
        .map(({ source, http, timestamp }) => [source?.ip, http?.response?.status_code, timestamp]),
      [
        ['203.0.113.5', 200, '2026-11-22T13:36:00.000Z'],
        ['203.0.113.6', 404, '2026-11-22T13:36:00.000Z'],
        ['203.0.113.7', 500, '2026-11-22T13:36:00.000Z'],
      ],
    );
  });

  test('holds in a stream of raw lines too, at whatever place a line has its date', async () => {
    const lines = [
      header('c-ip sc-status date time'),
      '203.0.113.5 200 2026-11-22 13:36:00',
      '203.0.113.6 404 2026-11-22 13:36:00',
    ];
    const { records } = await parseLines(lines, { kind: 'raw' });
    assert.deepEqual(
      records.map(({ source }) => source?.ip),
      [undefined, '203.0.113.5', '203.0.113.6'],
    );
  });
});
