import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../src/analyze/engine.ts';
import { filter } from '../../src/filter/filter.ts';
import { keywordTest, readKeywords } from '../../src/filter/keywords.ts';
import { isKeeping, selectionBy } from '../../src/filter/selection.ts';
import { decodeLine } from '../../src/model/decode.ts';
import type { Finding, LogRecord } from '../../src/model/envelope.ts';
import { builtInRules, loadRules } from '../../src/sigma/load.ts';
import { testContext } from '../support/context.ts';
import { fc } from '../support/generated.ts';
import { accessLines, authLines } from '../support/log-lines.ts';
import { parseLines } from '../support/parse-lines.ts';
import { failedLogin, filterOptions, record, request } from '../support/records.ts';

const rules = await loadRules([builtInRules]);

/** What the engine finds, but for the moment at which it did. */
function findingsIn(records: readonly LogRecord[]): readonly Finding[] {
  const findings: Finding[] = [];
  const engine = new Engine(rules, { now: () => new Date(0), emit: (finding) => findings.push(finding) });
  for (const entry of records) engine.take(entry);
  engine.end();
  return findings;
}

async function filtered(lines: readonly string[], given: Partial<typeof filterOptions> = {}): Promise<readonly string[]> {
  // In pieces, because what is learnt of records holds for those of later batches.
  const pieces = Array.from({ length: Math.ceil(lines.length / linesInPiece) }, (_, piece) =>
    lines.slice(piece * linesInPiece, (piece + 1) * linesInPiece),
  );
  const context = testContext(pieces.map((piece) => piece.map((line) => `${line}\n`).join('')));
  await filter({ ...filterOptions, ...given }, context);
  return context.lines();
}

const linesInPiece = 16;

function decoded(lines: readonly string[]): readonly LogRecord[] {
  return lines.flatMap((line) => {
    const found = decodeLine(line);
    return found.ok && found.envelope.type === 'record' ? [found.envelope] : [];
  });
}

async function holdsFor(lines: readonly string[], given?: Partial<typeof filterOptions>): Promise<number> {
  const all = findingsIn(decoded(lines));
  const kept = await filtered(lines, given);
  assert.deepEqual(findingsIn(decoded(kept)), all);
  return all.length;
}

const targets = fc.oneof(
  fc.constantFrom(
    '/',
    '/wp-login.php',
    '/.env',
    '/?id=1%27%20or%201=1--',
    '/../../etc/passwd',
    '/xmlrpc.php',
    '/a?q=%3Cscript%3E',
  ),
  fc.string({ unit: 'grapheme-composite' }).map((text) => `/${text}`),
  fc.nat({ max: 40 }).map((page) => `/page${page}`),
);
const addresses = fc.constantFrom('192.0.2.1', '198.51.100.7', '203.0.113.5');
const requests = fc
  .tuple(targets, fc.constantFrom(200, 301, 403, 404, 500, 502), addresses, fc.nat({ max: 900 }))
  .map(([target, status, ip, seconds]) => ({
    ...request(target, status, ip),
    timestamp: new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString(),
  }));
const logins = fc
  .tuple(fc.nat({ max: 900 }), addresses, fc.constantFrom('root', 'ann', 'Kelvin \u212a', ''))
  .map(([seconds, ip, user]) => failedLogin(seconds, ip, user));
/** What decides about most of them stands in a few short values, of which one may be long, or none at all. */
const sessions = fc
  .tuple(
    fc.constantFrom(
      'Accepted publickey for ann from 192.0.2.1 port 7 ssh2',
      'Connection closed by authenticating user root 192.0.2.1 port 7 [preauth]',
      'Connection closed by Authenticating USER root 192.0.2.1 port 7 [PreAuth]',
      'Connection closed by "authenticating user root 192.0.2.1 port 7 \\[preauth]',
      'Connection closed by 192.0.2.1 port 7 [preauth]',
      'pam_unix(sshd:session): session closed for user ann',
      'failed',
    ),
    fc.constantFrom('ssh_login', 'ssh_disconnect', 'pam_session', undefined),
    fc.constantFrom('success', undefined),
    fc.constantFrom(
      'publickey',
      'password',
      'key "a/b"',
      'gssapi-with-mic',
      'a reason of many words',
      '',
      5,
      ['publickey'],
      undefined,
    ),
    addresses,
  )
  .map(([message, action, outcome, reason, ip]) =>
    record({
      log: { source: 'auth.log', offset: 0, format: 'syslog', dataset: 'sshd' },
      event: {
        category: ['session'],
        ...(action !== undefined && { action }),
        ...(outcome !== undefined && { outcome }),
        ...(reason !== undefined && { reason }),
      },
      source: { ip },
      message,
      original: `web1 sshd[801]: ${message}`,
    }),
  );
const messages = fc
  .tuple(
    fc.oneof(fc.string(), fc.constantFrom('Out of memory: Killed process 1 (x)', 'segfault at 0', 'No space left on device')),
    fc.constantFrom('kernel', 'systemd', 'sudo', 'cron', undefined),
  )
  .map(([message, dataset]) =>
    record({
      message,
      original: message,
      log: { source: 'x', offset: 1, format: 'syslog', ...(dataset !== undefined && { dataset }) },
    }),
  );
/** Long ones: to load the rules for each takes longer than to read it. */
const streams = fc.array(fc.oneof(requests, logins, sessions, messages), { maxLength: 400, size: 'max' });

describe('lp-filter by keywords alone', () => {
  const word = fc.oneof(fc.string({ minLength: 1, maxLength: 3 }), fc.constantFrom('kill', 'a"b', 'a\\b', 'é', 'fail', 'ı'));
  const wordy = fc.oneof(word, fc.string({ unit: 'grapheme-composite' }), fc.constantFrom('\u212aILL', 'FAIL', 'a/b', 'İ'));
  const texts = fc.array(wordy).map((parts) => parts.join(''));
  /** As writers may escape and order what is in a record. */
  const writers = [
    JSON.stringify,
    ({ original, ...rest }: LogRecord) => JSON.stringify({ ...rest, original }),
    (entry: unknown) =>
      JSON.stringify(entry).replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    (entry: unknown) => JSON.stringify(entry).replaceAll('/', '\\/'),
  ];
  /** Records with a message, without one, and with one in something of a newer version. */
  const entry = fc.oneof(
    fc.record({ message: texts, original: texts }),
    fc.record({ original: texts }),
    fc.record({ novel: fc.record({ message: texts, original: texts }), message: texts, original: texts }),
    fc.record({ novel: fc.record({ message: texts, original: texts }), original: texts }),
  );

  it('keeps what holds one, as if each line had been read as JSON', async () => {
    const entries = fc.array(entry.map(record));
    await fc.assert(
      fc.asyncProperty(
        entries,
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: writers.length - 1 }),
        async (records, words, writer) => {
          const keywords = words.join(',');
          const lines = records.map((entry) => (writers[writer] ?? JSON.stringify)(entry));
          const holds = keywordTest(readKeywords(keywords));
          const wanted = lines.filter((line) => decoded([line]).some(holds));
          assert.deepEqual(await filtered(lines, { isOnlyKeywords: true, keywords }), wanted);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds words of any length wherever they stand, in many lines at once', async () => {
    const words = ['a', 'zq', 'kil', 'fail', 'attack', 'segmentation fault', ...Array.from({ length: 90 }, (_, n) => `w${n}rd`)];
    const holds = keywordTest(words);
    const lines = Array.from({ length: 4_000 }, (_, n) => {
      const message = `${'x'.repeat(n % 53)}${n % 3 === 0 ? words[n % words.length]?.toUpperCase() : 'w95rd WE2rd'}${'.'.repeat(n % 31)}`;
      const { original, ...rest } = record({ message, original: message });
      return JSON.stringify({ ...rest, original });
    });
    const wanted = lines.filter((line) => decoded([line]).some(holds));
    assert.equal(wanted.length, 1_334);
    assert.deepEqual(await filtered(lines, { isOnlyKeywords: true, keywords: words.join(',') }), wanted);
  });

  it('passes on whatever is not a record, and counts the records that it drops', async () => {
    const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}';
    const lines = [JSON.stringify(record({ message: 'fine' })), mark, '', JSON.stringify(record({ message: 'it FAILed' }))];
    const context = testContext([lines.join('\n')]);
    await filter({ ...filterOptions, isOnlyKeywords: true, isCounting: true }, context);
    assert.deepEqual(context.lines(), [mark, lines[3]]);
    assert.match(context.messages(), /read 2 records, kept 1 /);
  });
});

const keeps = selectionBy({
  ...{ keywords: readKeywords(undefined), isExcluded: () => false, isExcluding: false, minLevel: 'warning' as const },
  ...{ since: undefined, until: undefined, where: undefined, isOnlyKeywords: false, rules },
});

/** Tells whether a line is kept by one who reads all of it. */
function isKept(line: string): boolean {
  const found = decodeLine(line);
  return found.ok && (found.envelope.type !== 'record' || isKeeping(keeps(found.envelope)));
}

/** Lines like those of lp-parse, but for something that no writer should write. */
const damaged = fc
  .tuple(
    fc.oneof(requests, logins, sessions, messages),
    fc.constantFrom('value', 'member', 'character', 'nothing'),
    fc.constantFrom(
      ...[
        '5',
        '-1',
        '01',
        '4.04e2',
        '1e999',
        '12345678901234567890',
        'null',
        'true',
        'nul',
        '[]',
        '{}',
        '["x"]',
        '[{"action":"x"}]',
      ],
      ...[
        '"x"',
        '""',
        '"404"',
        '"\\u0041"',
        '"\\x"',
        '"\\u00g0"',
        '"a\tb"',
        '"sshd"',
        '"ssh_login"',
        '{"action":"ssh_login"}',
        '[,1]',
        '[1,]',
      ],
    ),
    fc.constantFrom(...'{}[],:"\\0x \t'),
    fc.nat(),
  )
  .map(([entry, what, value, character, number]) => {
    const { original, ...rest } = entry;
    const line = JSON.stringify({ ...rest, original });
    const places = [...line.matchAll(/"(?:[^"\\]|\\.)*":/g)];
    const place = places[number % places.length] ?? assert.fail();
    const behind = place.index + place[0].length;
    if (what === 'nothing') return line;
    if (what === 'character')
      return line.slice(0, number % line.length) + character + line.slice((number % line.length) + (number % 2));
    if (what === 'member') return `${line.slice(0, place.index)}${place[0]}${value},${line.slice(place.index)}`;
    const old = /^(?:"(?:[^"\\]|\\.)*"|[^"{}[\],]+|\[[^\]]*\]|\{[^{}]*\})/.exec(line.slice(behind))?.[0] ?? '';
    return line.slice(0, behind) + value + line.slice(behind + old.length);
  })
  // Half a character, where one was cut in two, becomes U+FFFD in bytes.
  .map((line) => Buffer.from(line).toString());

describe('lp-filter', () => {
  it('keeps the same as if each line had been read as JSON, however it is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damaged, { minLength: 400, maxLength: 1_000, size: 'max' }), async (lines) => {
        // Each twice, far from each other: the second time more is known of its like.
        const all = [...lines, ...lines];
        assert.deepEqual(await filtered(all), all.filter(isKept));
      }),
      // Making one of a thousand lines smaller would take an hour.
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('keeps the same as if each line had been read as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (records) => {
        const lines = records.map(({ original, ...rest }) => JSON.stringify({ ...rest, original }));
        assert.deepEqual(
          await filtered(lines),
          lines.filter((_, index) => isKeeping(keeps(records[index] ?? record()))),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('loses no finding, whatever the records', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (records) => {
        await holdsFor(records.map((entry) => JSON.stringify(entry)));
      }),
      { numRuns: 25 },
    );
  });

  it('loses no finding when it thins out what no rule needs', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (records) => {
        await holdsFor(
          records.map((entry) => JSON.stringify(entry)),
          { collapseMs: 60_000, sample: 3 },
        );
      }),
      { numRuns: 10 },
    );
  });

  it('passes on a part of its input, in order, and all of it when it comes again', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (records) => {
        const lines = records.map((entry) => JSON.stringify(entry));
        const kept = await filtered(lines);
        let from = 0;
        for (const line of kept) from = lines.indexOf(line, from) + 1 || assert.fail(`${line} is not next`);
        assert.deepEqual(await filtered(kept), kept);
      }),
      { numRuns: 10 },
    );
  });

  for (const [name, make] of Object.entries({ access: accessLines, auth: authLines })) {
    it(`loses no finding of a generated ${name} log`, async () => {
      // Few addresses, so that each comes often.
      const lines = [...make(3_000)].map((line) => line.replace(/203\.0\.\d+\.\d*(\d)/g, '203.0.113.$1'));
      const parsed = await parseLines(lines, { zone: 'utc' });
      assert.ok((await holdsFor(parsed.text.split('\n').slice(0, -1))) > 0);
    });
  }
});
