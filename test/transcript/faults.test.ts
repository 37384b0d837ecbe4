/*
 * What goes wrong around a process: readers that leave, disks that are full, input that is cut, huge or not text, signals.
 * The real bin/lp-parse, through a shell where a person would use one.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeLine } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

const bin = fileURLToPath(new URL('../../bin', import.meta.url));
/** How bash says what the first command of a pipe ended with. */
const firstStatus = ['$', '{PIPESTATUS[0]}'].join('');

let directory = '';
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lp-'));
});
after(() => rm(directory, { recursive: true }));

/** Starts a script, with what a test must not depend on pinned. */
function start(script: string): ChildProcess {
  const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { PATH, HOME: directory, TZ: 'UTC', LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
  return spawn('bash', ['-c', script], { cwd: directory, env });
}

async function run(script: string, input: string | Buffer = ''): Promise<Ended> {
  const child = start(script);
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return ended(child);
}

async function ended(child: ChildProcess): Promise<Ended> {
  const [output, errors, [status]] = await Promise.all([
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'close'),
  ]);
  return { status: typeof status === 'number' ? status : null, output, errors };
}

function recordsIn(output: string): readonly LogRecord[] {
  return output
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const decoded = decodeLine(line);
      assert.ok(decoded.ok, line);
      if (decoded.envelope.type === 'summary') return [];
      return decoded.envelope.type === 'record' ? [decoded.envelope] : [];
    });
}

const line = 'Nov 22 13:36:00 web1 sshd[801]: Failed password for root from 203.0.113.5 port 4022 ssh2\n';

describe('a reader that leaves', () => {
  test('ends lp-parse quietly with status 141', async () => {
    const { output, errors } = await run(`lp-parse | head -1; echo ${firstStatus}`, line.repeat(50_000));
    assert.equal(recordsIn(output.split('\n')[0] ?? '').length, 1);
    assert.equal(output.trimEnd().split('\n').at(-1), '141');
    assert.equal(errors, '');
  });

  test('is no fault of one that had read all', async () => {
    const { output, errors } = await run(`lp-parse | cat >/dev/null; echo ${firstStatus}`, line);
    assert.equal(output, '0\n');
    assert.equal(errors, '');
  });
});

describe('no input', () => {
  for (const script of ['lp-parse </dev/null', 'lp-parse - </dev/null', 'lp-parse /dev/null']) {
    test(`gives no output and status 0: ${script}`, async () => {
      assert.deepEqual(await run(script), { status: 0, output: '', errors: '' });
    });
  }
});

describe('a place that cannot be written', () => {
  test('is status 74, with the reason, for output', async () => {
    const { status, errors } = await run('lp-parse >/dev/full', line);
    assert.equal(status, 74);
    assert.match(errors, /^lp-parse: cannot write standard output: .*ENOSPC.*\n$/);
  });

  test('is status 73 for dead letters', async () => {
    const { status, errors } = await run('lp-parse --input envelopes --dead-letter no/such/directory', 'not an envelope\n');
    assert.equal(status, 73);
    assert.match(errors, /^lp-parse: cannot open the dead-letter file no\/such\/directory/m);
  });
});

describe('a line', () => {
  test('of 10 MB is one record that is cut, and needs little memory', async () => {
    const measure = "process.on('exit', () => console.error('rss=' + process.resourceUsage().maxRSS));";
    await writeFile(join(directory, 'measure.mjs'), measure);
    const { status, output, errors } = await run(
      'NODE_OPTIONS=--import=./measure.mjs lp-parse',
      Buffer.alloc(10 * 1024 * 1024, 'long '),
    );
    assert.equal(status, 0);
    const [record, ...others] = recordsIn(output);
    assert.equal(others.length, 0);
    assert.equal(record?.log.truncated, true);
    assert.equal(record.original.length, 64 * 1024);
    const kilobytes = Number(/rss=(\d+)/.exec(errors)?.[1]);
    assert.ok(kilobytes < 200 * 1024, `${kilobytes} KiB`);
  });

  const rows: readonly (readonly [shows: string, input: Buffer, originals: readonly string[]])[] = [
    ['may hold NUL', Buffer.from('a\0b\nc\n'), ['a\0b', 'c']],
    ['may not be UTF-8', Buffer.from([0x61, 0xff, 0x62, 0x0a]), ['a\ufffdb']],
    ['may end with the input', Buffer.from('a\nb'), ['a', 'b']],
    ['may end with a carriage return', Buffer.from('a\r\nb\r\n'), ['a', 'b']],
    ['may be blank', Buffer.from('\n\na\n\n'), ['a']],
  ];
  for (const [shows, input, originals] of rows) {
    test(shows, async () => {
      const { status, output, errors } = await run('lp-parse', input);
      assert.deepEqual([status, errors], [0, '']);
      assert.deepEqual(
        recordsIn(output).map(({ original }) => original),
        originals,
      );
    });
  }
});

describe('several files', () => {
  test('are read although one is missing, and the status is 66', async () => {
    await writeFile(join(directory, 'a.log'), 'a\n');
    await writeFile(join(directory, 'b.log'), 'b\n');
    const { status, output, errors } = await run('lp-parse a.log missing.log b.log');
    assert.equal(status, 66);
    assert.deepEqual(
      recordsIn(output).map(({ original, log }) => [original, log.source]),
      [
        ['a', join(directory, 'a.log')],
        ['b', join(directory, 'b.log')],
      ],
    );
    assert.equal(errors, 'lp-parse: missing.log: there is no such file\n');
  });

  test('are read although one is a directory or a damaged archive', async () => {
    await writeFile(join(directory, 'c.log'), 'c\n');
    await writeFile(join(directory, 'damaged.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4]));
    const { status, output, errors } = await run('lp-parse . damaged.gz c.log');
    assert.ok(status === 65 || status === 66);
    assert.deepEqual(
      recordsIn(output).map(({ original }) => original),
      ['c'],
    );
    assert.match(errors, /is a directory/);
    assert.match(errors, /damaged\.gz: the archive is damaged/);
  });
});

describe('a signal', () => {
  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    test(`${signal} ends lp-parse with status ${status} when what came in whole lines is written`, async () => {
      const child = start('exec lp-parse');
      const end = ended(child);
      child.stdin?.write(line);
      // The first record shows that it runs and reads.
      await once(child.stdout ?? child, 'data');
      child.stdin?.write(`${line}and half a li`);
      child.kill(signal);
      const { status: found, output, errors } = await end;
      assert.equal(found, status);
      assert.equal(errors, '');
      assert.deepEqual(
        recordsIn(output).map(({ original }) => original),
        // Half a line might say something else than the whole one.
        [line.trimEnd(), line.trimEnd()],
      );
    });
  }
});

test('--stats proves that no line is lost', async () => {
  const bad = '{"schema":"lp/1","type":"line"}\n';
  const good = '{"schema":"lp/1","type":"line","log":{"source":"a","offset":0},"original":"x"}\n';
  const { status, errors } = await run('lp-parse --stats --dead-letter dead.ndjson', `${good}${bad}\n${good}`);
  assert.equal(status, 0);
  assert.match(errors, /4 lines = 2 records \+ 1 joined \+ 1 dead/);
  assert.match(
    await readFile(join(directory, 'dead.ndjson'), 'utf8'),
    /^\{"schema":"lp\/1","type":"error","stage":"parse","code":"E_FIELD"/,
  );
});
