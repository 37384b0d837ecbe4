import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';
import { decodeLine } from '../../../src/model/decode.ts';
import type { Mark } from '../../../src/model/envelope.ts';
import { nobody, noNobody } from '../../support/nobody.ts';
import { run, start } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-tail-'));
after(() => rmSync(directory, { recursive: true }));
let count = 0;

function newFolder(): string {
  const folder = join(directory, String(++count));
  mkdirSync(folder);
  return folder;
}

interface Told {
  readonly lines: readonly string[];
  readonly marks: readonly Mark['mark'][];
}

function toldIn(output: string): Told {
  const envelopes = output
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const decoded = decodeLine(line);
      assert.ok(decoded.ok, line);
      return decoded.envelope;
    });
  return {
    lines: envelopes.flatMap((envelope) => (envelope.type === 'line' && !envelope.context ? [envelope.original] : [])),
    marks: envelopes.flatMap((envelope) => (envelope.type === 'mark' ? [envelope.mark] : [])),
  };
}

describe('lp-tail --once', () => {
  test('reads on where it was, by a file of its own', async () => {
    const folder = newFolder();
    const log = join(folder, 'a.log');
    writeFileSync(log, 'one\n');
    const options = ['--once', '--state', join(folder, 'state'), log];
    const first = toldIn((await run('tail', options)).output);
    assert.deepEqual(first.lines, ['one']);
    appendFileSync(log, 'two\n');
    const second = toldIn((await run('tail', options)).output);
    assert.deepEqual(second.lines, ['two']);
    assert.deepEqual(
      [...first.marks, ...second.marks].map(({ seq, final = false }) => [seq, final]),
      [
        [1, false],
        [2, true],
        // The first mark of a run tells again what is known.
        [2, false],
        [3, true],
      ],
    );
    assert.equal(new Set([...first.marks, ...second.marks].map(({ stream }) => stream)).size, 1);
  });

  test('tells of names that stand for nothing', async () => {
    const folder = newFolder();
    const { status, errors } = await run('tail', [
      '--once',
      '--db',
      join(folder, 'db'),
      join(folder, 'a.log'),
      `${folder}/*.txt`,
    ]);
    assert.equal(status, 66);
    assert.equal(errors, ['a.log', '*.txt'].map((name) => `lp-tail: ${join(folder, name)}: there is no such file\n`).join(''));
  });

  test('tells once of a link that leads to itself', async () => {
    const folder = newFolder();
    const link = join(folder, 'a.log');
    symlinkSync(link, link);
    const { status, errors } = await run('tail', ['--once', '--db', join(folder, 'db'), link]);
    assert.equal(status, 66);
    assert.equal(errors, `lp-tail: ${link}: cannot be read: ELOOP\n`);
  });

  test('ends with status 0 when one of the logs that are named is there, and when there are none in a folder', async () => {
    const folder = newFolder();
    const state = ['--once', '--state', join(folder, 'state')];
    mkdirSync(join(folder, 'empty'));
    assert.deepEqual(await run('tail', [...state, join(folder, 'empty')]).then(({ status, errors }) => [status, errors]), [
      0,
      '',
    ]);
    writeFileSync(join(folder, 'a.log'), '');
    assert.equal((await run('tail', [...state, join(folder, 'a.log'), join(folder, 'b.log')])).status, 0);
    // Rotated without a new file, which comes with the next line.
    renameSync(join(folder, 'a.log'), join(folder, 'a.log.1'));
    assert.equal((await run('tail', [...state, join(folder, 'a.log')])).status, 0);
  });

  test('ends with status 77 when it may read none of its logs', { skip: noNobody }, async () => {
    const folder = newFolder();
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    for (const path of [join(folder, 'a.log'), join(closed, 'b.log')]) writeFileSync(path, 'one\n');
    for (const path of [join(folder, 'a.log'), closed]) chmodSync(path, 0);
    for (const path of [directory, folder]) chmodSync(path, 0o755);
    for (const [names, message] of [
      [['a.log'], /a\.log: no permission to read it[^\n]*\n$/],
      [['closed'], /closed: no permission to read it[^\n]*\n$/],
      [['closed/b.log', 'none.log'], /none\.log: there is no such file\n.*b\.log: no permission to read it[^\n]*\n$/],
    ] as const) {
      const paths = names.map((name) => join(folder, name));
      const { status, output, errors } = await run('tail', ['--once', '--db', join(folder, 'db'), ...paths], '', nobody);
      assert.equal(status, 77, errors);
      assert.match(errors, message);
      assert.equal(toldIn(output).marks.at(-1)?.final, true);
    }
  });

  test('tells of a log that it may not read, and reads the others', { skip: noNobody }, async () => {
    const folder = newFolder();
    const [closed, open] = [join(folder, 'closed.log'), join(folder, 'open.log')];
    writeFileSync(closed, 'one\n');
    writeFileSync(open, 'two\n');
    chmodSync(closed, 0);
    for (const path of [directory, folder, open]) chmodSync(path, 0o755);
    const { status, output, errors } = await run('tail', ['--once', '--db', join(folder, 'db'), closed, open], '', nobody);
    assert.equal(status, 0, errors);
    assert.deepEqual(toldIn(output).lines, ['two']);
    assert.match(errors, /^lp-tail: .*closed\.log: no permission to read it[^\n]*\n$/);
  });

  test('reads on where the database says', async () => {
    const folder = newFolder();
    const log = join(folder, 'a.log');
    const db = join(folder, 'lp.db');
    writeFileSync(log, 'one\n');
    const first = await run('tail', ['--once', '--db', db, log]);
    assert.equal((await run('store', ['--db', db], first.output)).status, 0);
    renameSync(log, `${log}.1`);
    writeFileSync(log, 'two\n');
    const { output } = await run('tail', ['--once', '--db', db, log]);
    assert.deepEqual(toldIn(output).lines, ['two']);
  });

  test('takes a directory for its state, and LP_STATE one for it and lp-analyze, as long as there is no database', async () => {
    const folder = newFolder();
    const log = join(folder, 'a.log');
    writeFileSync(log, 'one\n');
    const state = join(folder, 'state');
    const env = { LP_STATE: state, HOME: folder };
    const read = async (options: readonly string[]) =>
      toldIn((await run('tail', ['--once', ...options, log], '', { env })).output);
    assert.deepEqual((await read([])).lines, ['one']);
    assert.deepEqual((await read([])).lines, []);
    assert.deepEqual((await read(['--state', `${state}/`])).lines, []);
    assert.ok(existsSync(join(state, 'tail.json')));
    const parsed = await run('parse', [log], '', { env });
    const analyzed = await run(
      'analyze',
      [],
      `${parsed.output}{"schema":"lp/1","type":"mark","mark":{"seq":1,"stream":"s","positions":[]}}\n`,
      { env },
    );
    assert.equal(analyzed.status, 0, analyzed.errors);
    assert.ok(existsSync(join(state, 'analyze')));
    // What was given out may not have come through the pipe: of that, the database tells.
    const output = toldIn((await run('tail', ['--once', '--state', join(folder, 'other'), log])).output);
    const store = await run('store', [], `${JSON.stringify({ schema: 'lp/1', type: 'mark', mark: output.marks[0] })}\n`, { env });
    assert.equal(store.status, 0, store.errors);
    assert.deepEqual((await read([])).lines, ['one']);
  });

  test('names no log: says so', async () => {
    const { status, errors } = await run('tail', []);
    assert.equal(status, 64);
    assert.match(errors, /set LOG_SOURCES/);
  });

  test('takes its logs from LOG_SOURCES', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.log'), 'one\n');
    const env = { LOG_SOURCES: `${folder}/none.log, ${folder}/*.log`, HOME: folder };
    assert.deepEqual(toldIn((await run('tail', ['--once'], '', { env })).output).lines, ['one']);
  });

  for (const [shows, place, status, message] of [
    ['cannot be written', '/proc/none/state', 73, /cannot write \/proc\/none\/state/],
    ['has no room', '/dev/full', 74, /cannot write \/dev\/full: .*ENOSPC/],
  ] as const) {
    test(`ends with status ${status} when its state ${shows}`, async () => {
      const log = join(newFolder(), 'a.log');
      writeFileSync(log, 'one\n');
      const ending = await run('tail', ['--once', '--state', place, log]);
      assert.equal(ending.status, status, ending.errors);
      assert.match(ending.errors, message);
    });
  }

  test('does not take another file for its state', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'state'), 'something of mine\n');
    const { status, errors } = await run('tail', ['--once', '--state', join(folder, 'state'), folder]);
    assert.equal(status, 65);
    assert.match(errors, /is no state of lp-tail/);
  });
});

test('lp-tail follows, and SIGTERM ends it with a mark behind all that was read', async () => {
  const folder = newFolder();
  const log = join(folder, 'a.log');
  const options = ['--state', join(folder, 'state'), '--mark-every', '1h', '--from', 'beginning', log];
  const child = start('tail', options);
  assert.ok(child.stdout);
  const lines = createInterface({ input: child.stdout });
  const told: string[] = [];
  const seen = async (text: string): Promise<void> => {
    while (!told.some((line) => line.includes(text))) told.push(String((await once(lines, 'line'))[0]));
  };
  await seen('"type":"mark"');
  writeFileSync(log, 'one\n');
  await seen('"original":"one"');
  lines.on('line', (line) => told.push(line));
  child.kill('SIGTERM');
  const [status] = await once(child, 'close');
  assert.equal(status, 143);
  const { marks } = toldIn(told.join('\n'));
  assert.equal(marks.at(-1)?.positions[0]?.offset, 4);
  assert.deepEqual(toldIn((await run('tail', ['--once', ...options])).output).lines, []);
});

test('lp-tail ends quietly when its reader is gone', async () => {
  const log = join(newFolder(), 'a.log');
  writeFileSync(log, 'a line\n'.repeat(100_000));
  const child = start('tail', ['--once', '--state', `${log}.state`, log]);
  child.stdout?.destroy();
  const [status] = await once(child, 'close');
  assert.equal(status, 141);
});

test('lp-tail ends within seconds of its reader though nothing is new in any log', async () => {
  const folder = newFolder();
  const child = start('tail', ['--state', join(folder, 'state'), join(folder, 'none.log')]);
  assert.ok(child.stdout);
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"type":"mark"')) break;
  child.stdout.destroy();
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  assert.deepEqual(await closed, [141, null]);
  clearTimeout(timer);
});

test('lp-tail ends when it is told to, however fast a log is written to that has many rotated ones', async () => {
  const folder = newFolder();
  const log = join(folder, 'a.log');
  for (let number = 1; number <= 300; number++) writeFileSync(`${log}.${number}`, `line ${number}\n`);
  writeFileSync(log, 'the last\n');
  const child = start('tail', ['--state', join(folder, 'state'), '--since', '2000-01-01', folder]);
  assert.ok(child.stdout);
  let isClosed = false;
  const closed = once(child, 'close').then(([status]) => {
    isClosed = true;
    return status;
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('the last')) break;
  child.stdout.resume();
  const endMs = performance.now() + 10_000;
  for (let round = 0; !isClosed && performance.now() < endMs; round++) {
    // Two in turn: of the same change twice, the system tells once.
    for (let write = 0; write < 100; write++) appendFileSync(write % 2 === 0 ? log : `${log}.1`, 'x');
    if (round === 50) child.kill('SIGTERM');
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.kill('SIGKILL');
  assert.equal(await closed, 143);
});
