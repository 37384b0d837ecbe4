import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Collapser } from '../../../src/filter/collapse.ts';
import { exclusionsIn } from '../../../src/filter/exclude-file.ts';
import { filter } from '../../../src/filter/filter.ts';
import { isSampled } from '../../../src/filter/sample.ts';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { LpError } from '../../../src/model/error.ts';
import { testContext } from '../../support/context.ts';
import { failedLogin, filterOptions, record } from '../../support/records.ts';

/** A record that a keyword keeps, `seconds` after midnight. */
function trouble(seconds: number, message = `disk sd${seconds % 10} timed out`): LogRecord {
  const timestamp = new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();
  return record({ timestamp, message, original: `${timestamp} ${message}` });
}

async function filtered(records: readonly LogRecord[], given: Partial<typeof filterOptions>): Promise<readonly string[]> {
  const context = testContext([records.map((entry) => `${JSON.stringify(entry)}\n`).join('')]);
  await filter({ ...filterOptions, ...given }, context);
  return context.lines();
}

describe('repeats', () => {
  const counts = (lines: readonly string[]): readonly (number | undefined)[] =>
    lines.map((line) => JSON.parse(line).filter?.collapsed_count);

  it('are kept back but for the first and the last, which says how many there were', async () => {
    const lines = await filtered([trouble(0, 'disk sd1 timed out'), trouble(1, 'disk sd2 timed out'), trouble(2)], {
      collapseMs: 60_000,
    });
    assert.deepEqual(counts(lines), [undefined, 2]);
    assert.equal(JSON.parse(lines[1] ?? '').timestamp, '2026-11-22T00:00:02.000Z');
  });

  it('begin anew when the time is over', async () => {
    const lines = await filtered(
      [0, 10, 71, 75].map((seconds) => trouble(seconds)),
      { collapseMs: 60_000 },
    );
    assert.deepEqual(counts(lines), [undefined, 1, undefined, 1]);
  });

  it('differ in their words', async () => {
    assert.equal((await filtered([trouble(0, 'a failed'), trouble(1, 'b failed')], { collapseMs: 60_000 })).length, 2);
  });

  it('are never kept back when a rule needs them', async () => {
    const logins = [0, 1, 2, 3].map((seconds) => failedLogin(seconds));
    assert.equal((await filtered(logins, { collapseMs: 60_000, sample: 1_000_000 })).length, 4);
  });

  it('are out before a mark', async () => {
    const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}';
    const context = testContext([[trouble(0), trouble(1)].map((entry) => `${JSON.stringify(entry)}\n`).join(''), `${mark}\n`]);
    await filter({ ...filterOptions, collapseMs: 60_000 }, context);
    assert.deepEqual([context.lines().length, context.lines()[2]], [3, mark]);
  });

  it('take bounded memory, and none is lost', () => {
    let given = 0;
    const collapser = new Collapser(60_000, () => given++);
    const word = (number: number): string => number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
    for (let number = 0; number < 20_000; number++) {
      for (const entry of [trouble(0, `${word(number)}.`), trouble(0, `${word(number)}.`)]) {
        collapser.isFirst(entry, Buffer.from(JSON.stringify(entry)));
      }
    }
    assert.equal(given, 10_000);
    collapser.flush();
    assert.equal(given, 20_000);
  });
});

describe('a sample', () => {
  it('is about one in so many, and always the same', () => {
    const texts = Array.from({ length: 10_000 }, (_, number) => `line ${number}`);
    const count = texts.filter((text) => isSampled(text, 10)).length;
    assert.ok(count > 850 && count < 1_150, String(count));
    assert.deepEqual(
      texts.filter((text) => isSampled(text, 10)),
      texts.filter((text) => isSampled(text, 10)),
    );
  });

  it('leaves out records that only a keyword keeps', async () => {
    const lines = await filtered(
      Array.from({ length: 200 }, (_, seconds) => trouble(seconds)),
      { sample: 20 },
    );
    assert.ok(lines.length > 0 && lines.length < 40, String(lines.length));
  });
});

describe('a file of exclusions', () => {
  it('drops what one of its expressions is found in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lp-exclude-'));
    const file = join(folder, 'ignore');
    await writeFile(file, '# disks\n\n^[[:digit:]T:.Z-]+ disk sd[0-9] timed out$\n');
    assert.equal((await filtered([trouble(0), trouble(0, 'disk sdx timed out')], { excludeFiles: [file] })).length, 1);
    await writeFile(file, 'fine\n(x\n');
    await assert.rejects(
      exclusionsIn([file]),
      (thrown) => thrown instanceof LpError && /ignore:2: .*missing/.test(thrown.message),
    );
    await rm(folder, { recursive: true });
    await assert.rejects(exclusionsIn([file]), (thrown) => thrown instanceof LpError && thrown.status === 66);
  });
});

describe('an explanation', () => {
  it('says of each record whether it is kept, and why', async () => {
    const quiet = record({ message: 'hello', original: 'hello \u001b[31m' });
    const lines = await filtered([failedLogin(0), trouble(0), quiet], { isExplaining: true });
    assert.match(lines[0] ?? '', /^kept: the rules? lp\.[a-z_]+.*: auth\.log:\d+: web1 sshd/);
    assert.match(lines[1] ?? '', /^kept: a keyword: test\.log:0: /);
    assert.equal(lines[2], 'dropped: nothing asks for it: test.log:0: hello \\x1b[31m');
  });
});

describe('an expression', () => {
  it('decides alone, or together with keywords', async () => {
    const where = 'message contains sd1';
    assert.equal((await filtered([failedLogin(0), trouble(1), record({ message: 'sd1' })], { where })).length, 2);
    assert.equal((await filtered([trouble(1), record({ message: 'sd1' })], { where, isOnlyKeywords: true })).length, 1);
  });
});
