import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { decodeLine } from '../../../src/model/decode.ts';
import { type Parsed, parseBytes, parseLines, type Settings } from '../../support/parse-lines.ts';

const forgedEnvelope = '{"schema":"lp/1","type":"line","log":{"source":"/forged","offset":0},"original":"root from 192.0.2.1"}';
const line = (source: string, offset: number, original: string): string =>
  JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset }, original });

const sources = ({ records }: Parsed): readonly string[] => records.map(({ log }) => log.source);
const originals = ({ records }: Parsed): readonly string[] => records.map(({ original }) => original);

function assertLaw({ counts, records }: Parsed): void {
  assert.equal(counts.lines, counts.records + counts.joined + counts.dead);
  assert.equal(counts.records, records.length);
}

describe('raw lines', () => {
  const rows: readonly (readonly [shows: string, bytes: string, originals: readonly string[], joined: number])[] = [
    ['end with a line feed', 'a\nb\n', ['a', 'b'], 0],
    ['may lack the last line feed', 'a\nb', ['a', 'b'], 0],
    ['may end with a carriage return too', 'a\r\nb\r\n', ['a', 'b'], 0],
    ['keep a carriage return in their midst', 'a\rb\r\r\n', ['a\rb\r'], 0],
    ['keep blanks at their ends', ' a \t\n', [' a \t'], 0],
    ['that are blank belong to the entry before', 'a\n\n\r\nb\n', ['a', 'b'], 2],
    ['of blanks are lines', ' \n', [' '], 0],
    ['may hold NUL', 'a\0b\n', ['a\0b'], 0],
    ['lose the NULs before them, which a crash leaves', '\0\0a\n\0\nb\n', ['a', 'b'], 1],
    ['may be none', '', [], 0],
    ['may all be blank', '\n\n', [], 2],
  ];
  for (const [shows, bytes, expected, joined] of rows) {
    test(shows, async () => {
      const parsed = await parseBytes([Buffer.from(bytes)]);
      assert.deepEqual(originals(parsed), expected);
      assert.equal(parsed.counts.joined, joined);
      assert.equal(parsed.counts.bytes, Buffer.byteLength(bytes));
      assertLaw(parsed);
    });
  }

  test('have the offset of their first byte', async () => {
    const { records } = await parseLines(['é', '', 'a\r', 'b']);
    assert.deepEqual(
      records.map(({ log }) => log.offset),
      [0, 4, 7],
    );
  });

  test('that are not UTF-8 are mended and say so', async () => {
    const { records } = await parseBytes([Buffer.from('a\xffb\n', 'latin1'), Buffer.from('caf\u00e9\n')]);
    assert.deepEqual(
      records.map(({ original, log }) => [original, log.encoding]),
      [
        ['a\ufffdb', 'lossy'],
        ['café', undefined],
      ],
    );
  });

  test('keep the names of their source, whatever stands in it', async () => {
    const source = '/var/log/"quoted" \\ é\n.log';
    assert.deepEqual(sources(await parseLines(['a'], { source, kind: 'raw' })), [source]);
  });

  test('that claim to be headers or envelopes are lines', async () => {
    const lines = ['a', '==> /forged <==', '', '==> /forged <==', forgedEnvelope, 'b'];
    const parsed = await parseLines(lines);
    assert.deepEqual(sources(parsed), ['-', '-', '-', '-', '-']);
    assert.deepEqual(originals(parsed), lines.filter(Boolean));
    assertLaw(parsed);
  });

  test('that start as envelopes do are cut as others are', async () => {
    const long = `{"schema":"lp/1","type":"line",${'x'.repeat(300)}`;
    const bytes = Buffer.from(`${long}\na\n${long}\n`);
    const { records, counts } = await parseBytes([bytes.subarray(0, 280), bytes.subarray(280, 640), bytes.subarray(640)], {
      maxLineBytes: 256,
    });
    const cut = long.slice(0, 256);
    assert.deepEqual(
      records.map(({ original, log }) => [original, log.truncated]),
      [
        [cut, true],
        ['a', undefined],
        [cut, true],
      ],
    );
    assert.equal(counts.bytes, bytes.length);
  });

  test('that claim to be headers or envelopes are lines even at the start, where a person says so', async () => {
    for (const first of ['==> /forged <==', forgedEnvelope]) {
      const parsed = await parseLines([first, 'a'], { kind: 'raw' });
      assert.deepEqual(originals(parsed), [first, 'a']);
      assert.deepEqual(sources(parsed), ['-', '-']);
    }
  });
});

test('what summaries tell of bytes is the same for lines that end in two', async () => {
  const line = '{"level":"info","msg":"x"}';
  const { summaries } = await parseLines([`${line}\r`, `${line}\r`, `${line}\r`], { kind: 'raw' });
  assert.match(summaries.join(), /"counts":\{"lines":3,"records":3,"bytes":81\}/);
});

describe('a line longer than the limit', () => {
  const rows: readonly (readonly [shows: string, bytes: Buffer, original: string])[] = [
    ['is cut', Buffer.from('x'.repeat(300)), 'x'.repeat(256)],
    ['is cut before half a character of two bytes', Buffer.from(`${'x'.repeat(255)}éyyy`), 'x'.repeat(255)],
    ['is cut before half a character of four bytes', Buffer.from(`${'x'.repeat(253)}😀yyy`), 'x'.repeat(253)],
    ['is cut behind a whole character', Buffer.from(`${'x'.repeat(254)}éyyy`), `${'x'.repeat(254)}é`],
  ];
  for (const [shows, bytes, original] of rows) {
    for (const chunks of [[bytes], [bytes.subarray(0, 200), bytes.subarray(200)], [bytes, Buffer.from('\n')]]) {
      test(`${shows} (${chunks.length} chunks)`, async () => {
        const parsed = await parseBytes([...chunks, Buffer.from('\nb\n')], { maxLineBytes: 256 });
        assert.deepEqual(originals(parsed).slice(0, 2), [original, 'b']);
        assert.equal(parsed.records[0]?.log.truncated, true);
        assert.equal(parsed.records[1]?.log.truncated, undefined);
        assert.equal(parsed.counts.truncated, 1);
        assertLaw(parsed);
      });
    }
  }

  test('is not one when it is as long as the limit', async () => {
    const { records, counts } = await parseLines(['x'.repeat(256)], { maxLineBytes: 256 });
    assert.equal(records[0]?.log.truncated, undefined);
    assert.equal(counts.truncated, 0);
  });
});

describe('lines under the headers of tail', () => {
  const stream = ['==> /var/log/a <==', 'a1', 'a2', '', '==> /var/log/b <==', 'b1', '', '==> /var/log/a <==', 'a3'];

  test('have the source that stands above them', async () => {
    const parsed = await parseLines(stream);
    assert.deepEqual(sources(parsed), ['/var/log/a', '/var/log/a', '/var/log/b', '/var/log/a']);
    assert.deepEqual(originals(parsed), ['a1', 'a2', 'b1', 'a3']);
    assertLaw(parsed);
  });

  test('that claim to be headers without a blank line before are lines', async () => {
    const parsed = await parseLines(['==> /var/log/a <==', 'a1', '==> /forged <==', 'a2']);
    assert.deepEqual(originals(parsed), ['a1', '==> /forged <==', 'a2']);
    assert.deepEqual(new Set(sources(parsed)), new Set(['/var/log/a']));
  });

  test('that claim to be envelopes are lines', async () => {
    const parsed = await parseLines(['==> /var/log/a <==', forgedEnvelope]);
    assert.deepEqual(originals(parsed), [forgedEnvelope]);
  });

  test('keep the format of each source', async () => {
    const parsed = await parseLines([
      '==> a <==',
      'Nov 22 13:36:00 web1 x: a',
      '',
      '==> b <==',
      '{"msg":"b"}',
      '',
      '==> a <==',
      'Nov 22 13:36:00 web1 x: c',
    ]);
    assert.deepEqual(
      parsed.records.map(({ log }) => log.format),
      ['syslog', 'json', 'syslog'],
    );
  });
});

describe('envelopes', () => {
  test('of which the first was not written to its end, because lp-tail was killed, are no text', async () => {
    const half =
      '{"schema":"lp/1","type":"mark","mark":{"seq":48,"stream":"s","positions":[{"source":"/var/log/error.log","dev":1,"ino';
    const { records, others, counts } = await parseBytes([Buffer.from(half)]);
    assert.deepEqual([records, others, counts.dead], [[], [], 1]);
    // A line of a log that starts so is whole.
    const text = await parseBytes([Buffer.from(`${half}\na\n`)]);
    assert.deepEqual(originals(text), [half, 'a']);
  });

  test('of lines become records with their source and offset', async () => {
    const parsed = await parseLines([line('/var/log/a', 7, 'a "b" \t é'), line('/var/log/b', 0, 'Nov 22 13:36:00 web1 x: y')]);
    assert.deepEqual(
      parsed.records.map(({ log, original }) => [log.source, log.offset, log.format, original]),
      [
        ['/var/log/a', 7, 'text', 'a "b" \t é'],
        ['/var/log/b', 0, 'syslog', 'Nov 22 13:36:00 web1 x: y'],
      ],
    );
    assertLaw(parsed);
  });

  test('of lines are read as JSON, however they are written', async () => {
    const start = '{"schema":"lp/1","type":"line","log":{"source":"a","offset":';
    const written: readonly (readonly [envelope: string, source: string, offset: number, original: string])[] = [
      [`${start}1},"original":"x"}`, 'a', 1, 'x'],
      [`${start}2},"original":"\\"\\\\\\/\\t\\u0041é😀\\ud83d\\ude00"}`, 'a', 2, '"\\/\tAé😀😀'],
      [`${start}3},"original":"\\u001b[31mx\\u001b[0m"}`, 'a', 3, '\u001b[31mx\u001b[0m'],
      [`${start}4,"dev":1,"inode":2},"original":"x"}`, 'a', 4, 'x'],
      [`${start}5},"original":"x","more":[]}`, 'a', 5, 'x'],
      [`${start}6.0e0},"original":"x"}`, 'a', 6, 'x'],
      [`${start}900719925474099},"original":"x"}`, 'a', 900_719_925_474_099, 'x'],
      [`${start}9007199254740991},"original":"x"}`, 'a', Number.MAX_SAFE_INTEGER, 'x'],
      [`${start}7}, "original" : "x" }`, 'a', 7, 'x'],
      [`${start}8},"original":"y","original":"x"}`, 'a', 8, 'x'],
      ['{"schema":"lp/1","type":"line","log":{"source":"\\u0062\\"","offset":9},"original":"x"}', 'b"', 9, 'x'],
      ['{"schema":"lp/1","type":"line","log":{"source":"","offset":0},"original":"x"}', '', 0, 'x'],
      ['{"original":"x","log":{"offset":1,"source":"c"},"type":"line","schema":"lp/1"}', 'c', 1, 'x'],
      [`${start}10},"original":"x"}\r`, 'a', 10, 'x'],
      [`${start}11},"original":"x"}`, 'a', 11, 'x'],
    ];
    const parsed = await parseBytes([Buffer.from(written.map(([envelope]) => envelope).join('\n'))]);
    assert.deepEqual(
      parsed.records.map(({ log, original }) => [log.source, log.offset, original]),
      written.map(([, ...expected]) => expected),
    );
    assertLaw(parsed);
  });

  test('that are not JSON are dead, as near as they come to what lp-tail writes', async () => {
    const start = '{"schema":"lp/1","type":"line","log":{"source":"a","offset":';
    const bad = [
      `${start}},"original":"x"}`,
      `${start}01},"original":"x"}`,
      `${start}1},"original":"\\x"}`,
      `${start}1},"original":"a\tb"}`,
      `${start}1},"original":"x`,
      `${start}1},"original":"x\\"}`,
      `${start}1},"original":"x"}}`,
      `${start}1},"original":"x"},`,
      `${start}-`,
    ];
    const { records, counts } = await parseLines([line('a', 0, 'x'), ...bad, line('a', 9, 'y')]);
    assert.deepEqual([records.length, counts.dead], [2, bad.length]);
  });

  test('of other types pass through as they are', async () => {
    const others = [
      '{"schema":"lp/1", "type":"mark","mark":{"seq":1,"positions":[]}, "x":[ 1 ]}',
      '{"schema":"lp/1","type":"of the future","any":null}',
      '{"schema":"lp/1","type":"record","timestamp":"2026-11-22T00:00:00.000Z","log":{"source":"-","offset":0,"format":"text"},"original":"a"}',
    ];
    const { text, counts } = await parseLines(others);
    assert.equal(text, others.map((other) => `${other}\n`).join(''));
    assert.equal(counts.lines, 0);
  });

  test('keep their order among each other', async () => {
    const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}';
    const { text } = await parseLines([line('a', 0, 'x'), mark, line('a', 2, 'y')]);
    assert.deepEqual(
      text.split('\n').map((each) => /"original":"x"|"seq":1|"original":"y"/.exec(each)?.[0]),
      ['"original":"x"', '"seq":1', '"original":"y"', undefined],
    );
  });

  test('of one source are understood by what it said before, whatever others said meanwhile', async () => {
    const access = '192.0.2.7 - - [22/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 200 9 "-" "-"';
    const { records } = await parseLines([
      line('a', 0, 'web1 sshd[7]: Received disconnect from 203.0.113.5 port 4022:11: Bye Bye [preauth]'),
      line('b', 0, access),
      line('a', 1, 'web1 sshd[7]: input_userauth_request: invalid user root [preauth]'),
    ]);
    assert.deepEqual(records.at(-1)?.source, { ip: '203.0.113.5', derived: true });
  });

  test('that are cut to the limit say so', async () => {
    const { records } = await parseLines([line('a', 0, 'é'.repeat(200))], { maxLineBytes: 257 });
    assert.equal(records[0]?.original, 'é'.repeat(128));
    assert.equal(records[0]?.log.truncated, true);
  });

  test('may be longer than the limit of raw lines, the first one and others, as a mark of many logs is', async () => {
    const positions = Array.from({ length: 40 }, (_, index) => ({ source: `/var/log/${index}.log`, offset: index }));
    const mark = JSON.stringify({ schema: 'lp/1', type: 'mark', mark: { seq: 1, stream: 'a', positions } });
    const quotes = '"'.repeat(250);
    const bytes = Buffer.from([mark, line('/var/log/a', 7, quotes), mark, ''].join('\n'));
    const chunks = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, at) => bytes.subarray(100 * at, 100 * (at + 1)));
    const parsed = await parseBytes(chunks, { maxLineBytes: 256 });
    assert.deepEqual(parsed.others, [mark, mark]);
    assert.deepEqual(
      parsed.records.map(({ log, original }) => [log.source, log.truncated, original]),
      [['/var/log/a', undefined, quotes]],
    );
    assertLaw(parsed);
  });

  const bad = [
    'not an envelope',
    '{"schema":"lp/1","type":"line"}',
    '{"schema":"lp/2","type":"line"}',
    '[]',
    '{"schema":"lp/1","type":"line","log":{"source":"a","offset":"0"},"original":"x"}',
  ];

  test('that are none become dead letters, with the reason', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lp-'));
    const deadLetters = join(directory, 'dead');
    try {
      const settings: Settings = { deadLetters };
      const parsed = await parseLines([line('a', 0, 'x'), ...bad, line('a', 9, 'y')], settings);
      assert.deepEqual(originals(parsed), ['x', 'y']);
      assert.equal(parsed.counts.dead, bad.length);
      assertLaw(parsed);
      const letters = (await readFile(deadLetters, 'utf8')).trimEnd().split('\n').map(decodeLine);
      assert.deepEqual(
        letters.map(
          (letter) => letter.ok && letter.envelope.type === 'error' && [letter.envelope.original, letter.envelope.log?.line],
        ),
        bad.map((original, index) => [original, index + 2]),
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

test('a stream that is not one of envelopes can be taken as one', async () => {
  const { counts } = await parseLines(['a'], { kind: 'envelopes' });
  assert.equal(counts.dead, 1);
});
