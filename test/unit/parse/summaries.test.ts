import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { LogRecord, Summary } from '../../../src/model/envelope.ts';
import { run } from '../../support/process.ts';
import { pathsBelow, root } from '../../support/repository.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-summaries-'));
after(() => rmSync(directory, { recursive: true }));

interface Written {
  readonly records: readonly LogRecord[];
  readonly summaries: readonly Summary[];
  readonly types: readonly string[];
}

async function parsed(operands: readonly string[], input = ''): Promise<Written> {
  const { status, output } = await run('parse', ['--tz', 'UTC', ...operands], input);
  assert.equal(status, 0);
  const envelopes = output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return {
    records: envelopes.filter(({ type }) => type === 'record'),
    summaries: envelopes.filter(({ type }) => type === 'summary'),
    types: envelopes.map(({ type }) => type),
  };
}

type Sums = Map<string, { lines: number; records: number; requests: number; refused: number; failed: number; errors: number }>;

function add(sums: Sums, key: readonly unknown[], steps: Partial<Record<string, number>>): void {
  const id = JSON.stringify(key);
  const { lines = 0, records = 0, requests = 0, status_4xx: refused = 0, status_5xx: failed = 0, errors = 0 } = steps;
  const known = sums.get(id) ?? { lines: 0, records: 0, requests: 0, refused: 0, failed: 0, errors: 0 };
  known.lines += lines;
  known.records += records;
  known.requests += requests;
  known.refused += refused;
  known.failed += failed;
  known.errors += errors;
  sums.set(id, known);
}

function sumsOfSummaries(summaries: readonly Summary[]): Sums {
  const sums: Sums = new Map();
  for (const { log, url, start, counts } of summaries)
    add(sums, [log.source, log.dataset, url?.domain, start.slice(0, 13)], counts);
  return sums;
}

function sumsOfRecords(records: readonly LogRecord[]): Sums {
  const sums: Sums = new Map();
  for (const { timestamp, log, url, http } of records) {
    const status = http?.response?.status_code;
    add(sums, [log.source, log.dataset, url?.domain?.toLowerCase(), timestamp.slice(0, 13)], {
      lines: log.lines ?? 1,
      records: 1,
      requests: status === undefined ? 0 : 1,
      status_4xx: status !== undefined && String(status).startsWith('4') ? 1 : 0,
      status_5xx: status !== undefined && String(status).startsWith('5') ? 1 : 0,
      errors: /^(?:emergency|alert|critical|error)$/.test(log.level ?? '') ? 1 : 0,
    });
  }
  return sums;
}

const vhosts = Array.from({ length: 60 }, (_, number) => {
  const status = [200, 404, 503][number % 3];
  const hour = String(number % 24).padStart(2, '0');
  return `www${number % 5}.example:443 192.0.2.${number} - - [22/Nov/2026:${hour}:00:00 +0000] "GET / HTTP/1.1" ${status} 5 "-" "x"\n`;
}).join('');

test('summaries say what the records say, by log, dataset, site and hour', async () => {
  const mixed = join(directory, 'mixed.log');
  writeFileSync(
    mixed,
    `${vhosts}no format knows this\n[22-Nov-2026 13:36:00 UTC] PHP Fatal error:  x\nStack trace:\n#0 {main}\n\n`,
  );
  const logs = pathsBelow('examples')
    .filter((path) => /\.log(?:\.|$)/.test(path))
    .map((path) => join(root, path));
  const { records, summaries } = await parsed([...logs, mixed]);
  assert.ok(summaries.length > 100);
  const [told, counted] = [sumsOfSummaries(summaries), sumsOfRecords(records)];
  assert.deepEqual([...told].sort(), [...counted].sort());
  assert.ok(summaries.every(({ log }) => 'offset' in log && log['offset'] === 0));
});

test('a summary stands before the mark that says that all is out', async () => {
  const line = (original: string): string =>
    `${JSON.stringify({ schema: 'lp/1', type: 'line', log: { source: '/a', offset: 0 }, original })}\n`;
  const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}\n';
  const { types, summaries } = await parsed([], `${line('one')}${mark}${line('two')}`);
  assert.deepEqual(types, ['record', 'summary', 'mark', 'record', 'summary']);
  assert.deepEqual(
    summaries.map(({ counts }) => counts['unknown']),
    [1, 1],
  );
  assert.ok(summaries.every(({ log }) => !('offset' in log)));
});

test('names without end make no summaries without end, and none is left uncounted', async () => {
  const lines = Array.from(
    { length: 3_000 },
    (_, number) => `h${number}.example:80 192.0.2.1 - - [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "x"\n`,
  );
  const { summaries } = await parsed([], lines.join(''));
  assert.ok(summaries.length <= 1_024, `${summaries.length}`);
  assert.equal(
    summaries.reduce((sum, { counts }) => sum + (counts['requests'] ?? 0), 0),
    3_000,
  );
  assert.equal(summaries.filter(({ url }) => url?.domain === 'other').length, 1);
});

test('--records-only leaves them out', async () => {
  assert.deepEqual((await parsed(['--records-only'], 'a\nb\n')).types, ['record', 'record']);
});

test('a summary tells how many bytes there were, also of lines that others might have gone on with', async () => {
  const lines = [
    '[2026-11-22 13:36:00] 203.0.113.5:0 - "GET /a HTTP/1.1" 401',
    '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /a?b=\\x22 HTTP/1.1" 404 162 "-" "curl/8"',
    'Nov 22 13:36:00 web1 shopd[7]: it said "no"',
  ];
  const text = lines.map((line) => `${line}\n`).join('');
  const { records, summaries } = await parsed(['--now', '2026-11-22T14:00:00Z'], text);
  assert.deepEqual(
    records.map(({ url }) => url?.path),
    ['/a', '/a', undefined],
  );
  assert.equal(
    summaries.reduce((sum, { counts }) => sum + (counts['bytes'] ?? 0), 0),
    text.length,
  );
});
