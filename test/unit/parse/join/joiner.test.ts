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
