import assert from 'node:assert/strict';
import fs, {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, describe, type TestContext, test } from 'node:test';
import { Logs } from '../../support/follow.ts';
import { asNobody } from '../../support/nobody.ts';

let logs: Logs;
beforeEach(() => {
  logs = new Logs();
});
afterEach(() => logs.remove());

/** Lines that are new: those of before tell only what they mean. */
const fresh = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('~'));

/** Does something at the first time that a file is opened: between the look at its state and that into it. */
function atFirstOpen(t: TestContext, name: string, act: () => void): void {
  const [open, path] = [fs.openSync, logs.path(name)];
  let isOver = false;
  t.mock.method(fs, 'openSync', (...given: Parameters<typeof open>) => {
    if (given[0] === path && !isOver) {
      isOver = true;
      act();
    }
    return open(...given);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

/** As logrotate does with `rotate 100`: each file's number counts up, and the log is the first. */
function rotateByNumber(): void {
  for (let number = 99; number >= 1; number--) {
    if (existsSync(logs.path(`a.log.${number}`))) logs.move(`a.log.${number}`, `a.log.${number + 1}`);
  }
  logs.move('a.log', 'a.log.1');
}

/** Rotates a hundred times; gives the lines that were written, one between two rotations. */
function rotateHundredTimes(): readonly string[] {
  const numbers = Array.from({ length: 100 }, (_, number) => String(number));
  for (const number of numbers) {
    logs.append('a.log', `${number}\n`);
    rotateByNumber();
  }
  logs.append('a.log', 'now\n');
  return [...numbers, 'now'];
}

describe('a log', () => {
  test('is read as it grows, and half a line waits for its end', async () => {
    logs.append('a.log', 'one\ntw');
    await logs.start();
    assert.deepEqual(await logs.read(), ['one']);
    assert.deepEqual(await logs.read(), []);
    logs.append('a.log', 'o\nthree\n');
    assert.deepEqual(await logs.read(), ['two', 'three']);
  });

  test('may appear later', async () => {
    await logs.start();
    assert.deepEqual(await logs.read(), []);
    logs.append('a.log', 'one\n');
    assert.deepEqual(await logs.read(), ['one']);
  });

  test('that is known at the first look may start at its end, at the last whole line', async () => {
    logs.append('a.log', 'old\nhal');
    await logs.start(['.'], 'end');
    logs.append('a.log', 'f\nnew\n');
    logs.append('b.log', 'all of it\n');
    assert.deepEqual(fresh(await logs.read()), ['all of it', 'half', 'new']);
  });

  test('ends in half a line that is given out when nothing more is to come', async () => {
    logs.append('a.log', 'one\ntwo');
    await logs.start();
    await logs.read();
    assert.deepEqual(await logs.finish(), ['two']);
  });

  test('has lines without carriage returns and zeros that a crash has left', async () => {
    logs.append('a.log', `one\r\n${'\0'.repeat(300_000)}two\n\nthree\n`);
    await logs.start();
    assert.deepEqual(await logs.read(), ['one', 'two', '', 'three']);
  });

  test('may have a line of any length, which is cut', async () => {
    logs.append('a.log', `one\n${'x'.repeat(1_000_000)}\ntwo\n`);
    await logs.start();
    const [one, long = '', two] = await logs.read();
    assert.deepEqual([one, long.length, two], ['one', 192 * 1024, 'two']);
  });

  test('is read once though it has two names', async () => {
    logs.append('a.log', 'one\n');
    symlinkSync(logs.path('a.log'), logs.path('b.log'));
    await logs.start(['a.log', 'b.log']);
    assert.deepEqual(await logs.read(), ['one']);
  });

  test('that cannot be read is told of once, and read when it can be', async () => {
    logs.append('a.log', 'one\n');
    chmodSync(logs.folder, 0o755);
    chmodSync(logs.path('a.log'), 0);
    await asNobody(async () => {
      await logs.start();
      await logs.read();
      await logs.read();
    });
    assert.equal(logs.warnings.length, 1);
    chmodSync(logs.path('a.log'), 0o600);
    assert.deepEqual(await logs.read(), ['one']);
  });
});

describe('rotation while it is followed', () => {
  beforeEach(async () => {
    logs.append('a.log', 'one\n');
    await logs.start();
    await logs.read();
  });

  test('by a new name: what was written before and after is read, in order', async () => {
    logs.append('a.log', 'two\n');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log.1', 'three\n');
    logs.append('a.log', 'four\n');
    assert.deepEqual(await logs.read(), ['two', 'three', 'four']);
  });

  test('by a new name: a program that has not noticed yet is still read', async () => {
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    assert.deepEqual(await logs.read(), ['three']);
    logs.append('a.log.1', 'two\n');
    assert.deepEqual(await logs.read(), ['two']);
    logs.nowMs += 700_000;
    await logs.read();
    await logs.mark();
    logs.append('a.log.1', 'much too late\n');
    assert.deepEqual(await logs.read(), []);
  });

  test('by a new name, and a last line before the program notices: nothing is read twice though the new file is empty for long', async () => {
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', '');
    assert.deepEqual(await logs.read(), []);
    logs.append('a.log.1', 'two\n');
    assert.deepEqual(await logs.read(), ['two']);
    logs.nowMs += 700_000;
    await logs.read();
    logs.append('a.log.1', 'three\n');
    assert.deepEqual(await logs.read(), ['three']);
    logs.append('a.log', 'four\n');
    assert.deepEqual(await logs.read(), ['four']);
  });

  test('by a new name, and compressed at once', async () => {
    logs.append('a.log', 'two\n');
    logs.move('a.log', 'a.log.1');
    logs.pack('a.log.1');
    logs.append('a.log', 'three\n');
    assert.deepEqual(await logs.read(), ['two', 'three']);
  });

  test('without a new file, which comes later', async () => {
    logs.append('a.log', 'two\n');
    logs.move('a.log', 'a.log.1');
    assert.deepEqual(await logs.read(), ['two']);
    assert.deepEqual(await logs.read(), []);
    logs.append('a.log', 'three\n');
    assert.deepEqual(await logs.read(), ['three']);
  });

  test('by copying and truncating: what was not read yet is read from the copy', async () => {
    logs.append('a.log', 'two\n');
    logs.copyAndTruncate('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    assert.deepEqual(fresh(await logs.read()), ['two', 'three']);
    logs.append('a.log', 'four\n');
    assert.deepEqual(await logs.read(), ['four']);
  });

  test('by copying and truncating, and grown beyond what it was', async () => {
    logs.append('a.log', 'two\n');
    logs.copyAndTruncate('a.log', 'a.log.1');
    logs.append('a.log', 'a line that is longer than all that was before\n');
    assert.deepEqual(fresh(await logs.read()), ['two', 'a line that is longer than all that was before']);
  });

  test('by truncating alone: what is there is read', async () => {
    truncateSync(logs.path('a.log'));
    logs.append('a.log', 'two\n');
    assert.deepEqual(await logs.read(), ['two']);
  });

  test('twice between two looks', async () => {
    logs.append('a.log', 'two\n');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    logs.move('a.log.1', 'a.log.2');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'four\n');
    assert.deepEqual(await logs.read(), ['two', 'three', 'four']);
  });

  test('twice by copying and truncating', async () => {
    logs.append('a.log', 'two\n');
    logs.copyAndTruncate('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    logs.move('a.log.1', 'a.log.2');
    logs.copyAndTruncate('a.log', 'a.log.1');
    logs.append('a.log', 'four\n');
    assert.deepEqual(fresh(await logs.read()), ['two', 'three', 'four']);
  });

  test('by the day', async () => {
    logs.append('a.log', 'two\n');
    logs.move('a.log', 'a.log-20261122');
    logs.append('a.log', 'three\n');
    assert.deepEqual(await logs.read(), ['two', 'three']);
  });

  test('a hundred times: all is read, and few of the files are watched any longer', async () => {
    const rotations = 100;
    const numbers = Array.from({ length: rotations }, (_, number) => String(number));
    for (const number of numbers) {
      logs.append('a.log', `${number}\n`);
      logs.move('a.log', `a.log.${20260101 + Number(number)}`);
    }
    logs.append('a.log', 'now\n');
    assert.deepEqual(await logs.read(), [...numbers, 'now']);
    await logs.mark();
    assert.ok(logs.positions('a.log').length < 20, `${logs.positions('a.log').length} files`);
    logs.append(`a.log.${20260101 + rotations - 1}`, 'late\n');
    assert.deepEqual(await logs.read(), ['late']);
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['late']);
  });

  test('a hundred times by numbers that count up: all is read, once', async () => {
    const lines = rotateHundredTimes();
    assert.deepEqual(await logs.read(), lines);
    rotateByNumber();
    logs.append('a.log', 'one more\n');
    assert.deepEqual(await logs.read(), ['one more']);
  });

  test('with a hundred files that count up, when the log is read amid the renames', async () => {
    rotateHundredTimes();
    await logs.read();
    const read: string[] = [];
    logs.append('a.log', 'late\n');
    for (let number = 99; number >= 1; number--) {
      logs.move(`a.log.${number}`, `a.log.${number + 1}`);
      if (number % 9 === 0) read.push(...(await logs.turnOnce()));
    }
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'next\n');
    read.push(...(await logs.read()));
    assert.deepEqual(read, ['late', 'next']);
  });

  test('and deleted: it is open, so that nothing is lost', async () => {
    logs.append('a.log', 'two\n');
    unlinkSync(logs.path('a.log'));
    logs.append('a.log', 'three\n');
    assert.deepEqual(await logs.read(), ['two', 'three']);
  });
});

describe('rotation while nobody looks', () => {
  beforeEach(async () => {
    logs.append('a.log', 'one\n');
    await logs.start();
    await logs.read();
    await logs.mark();
    logs.stop();
    logs.append('a.log', 'two\n');
  });

  test('reading goes on where the mark says, with what it needs of before', async () => {
    await logs.start();
    assert.deepEqual(await logs.read(), ['~one', 'two']);
  });

  test('what was read behind the mark is read again', async () => {
    await logs.start();
    await logs.read();
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two']);
  });

  test('by a new name', async () => {
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', 'three']);
  });

  test('three times, compressed and not', async () => {
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    logs.pack('a.log.1');
    logs.move('a.log.1.gz', 'a.log.3.gz');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'four\n');
    logs.move('a.log.1', 'a.log.2');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'five\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', 'three', 'four', 'five']);
    await logs.mark();
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), []);
  });

  test('by copying and truncating', async () => {
    logs.copyAndTruncate('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', 'three']);
  });

  test('in the midst of copying, which goes on to its end while the files are looked at: nothing is read twice', async (t) => {
    logs.append('a.log.1', 'on');
    const three = 'three, which is longer than all that was before';
    atFirstOpen(t, 'a.log', () => {
      logs.copyAndTruncate('a.log', 'a.log.1');
      logs.append('a.log', `${three}\n`);
    });
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', three]);
  });

  test('in the midst of copying: the log itself is read', async () => {
    copyFileSync(logs.path('a.log'), logs.path('a.log.1'));
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two']);
    truncateSync(logs.path('a.log'));
    logs.append('a.log', 'three\n');
    assert.deepEqual(fresh(await logs.read()), ['three']);
  });

  test('twice, the second time in the midst of copying: what was copied is read once', async () => {
    logs.copyAndTruncate('a.log', 'a.log.2');
    const three = 'three'.repeat(500);
    logs.append('a.log', `${three}\n`);
    copyFileSync(logs.path('a.log'), logs.path('a.log.1'));
    await logs.start();
    truncateSync(logs.path('a.log'));
    logs.append('a.log', 'four\n');
    assert.deepEqual(fresh(await logs.read()), ['two', three, 'four']);
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', three, 'four']);
  });

  test('twice, the second time in the midst of copying, and read before it is truncated', async () => {
    logs.copyAndTruncate('a.log', 'a.log.2');
    logs.append('a.log', 'three\n');
    copyFileSync(logs.path('a.log'), logs.path('a.log.1'));
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', 'three']);
    truncateSync(logs.path('a.log'));
    logs.append('a.log', 'four\n');
    assert.deepEqual(fresh(await logs.read()), ['four']);
  });

  test('and the new one has the lines of the one before: both are read', async () => {
    logs.move('a.log', 'a.log.2');
    logs.append('a.log', 'done\n');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'done\n');
    utimesSync(logs.path('a.log'), 2_000_000_000, 2_000_000_000);
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', 'done', 'done']);
  });

  test('a hundred times by numbers that count up', async () => {
    const lines = rotateHundredTimes();
    // The first of them has the line that was not read before.
    logs.move('a.log.100', 'a.log.101');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', ...lines]);
    await logs.mark();
    rotateByNumber();
    logs.append('a.log', 'one more\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['one more']);
  });

  test('and in a folder that may not be looked into for a while: it is told of once, and nothing is read twice', async () => {
    await logs.start();
    await asNobody(async () => {
      for (let look = 0; look < 4; look++) assert.deepEqual(await logs.read(), []);
      await logs.mark();
    });
    assert.equal(logs.warnings.length, 1, logs.warnings.join('\n'));
    assert.match(logs.warnings[0] ?? '', /no permission to read it/);
    assert.deepEqual(fresh(await logs.read()), ['two']);
  });

  test('and may not be read for a while: nothing is read twice', async () => {
    chmodSync(logs.folder, 0o755);
    chmodSync(logs.path('a.log'), 0);
    await asNobody(async () => {
      await logs.start();
      assert.deepEqual(await logs.read(), []);
    });
    assert.deepEqual(fresh(await logs.read()), ['two']);
  });

  test('when the clock was set back: names tell the order', async () => {
    logs.move('a.log', 'a.log.2');
    utimesSync(logs.path('a.log.2'), 2_000_000_000, 2_000_000_000);
    logs.append('a.log', 'three\n');
    logs.move('a.log', 'a.log.1');
    utimesSync(logs.path('a.log.1'), 1_000_000_000, 1_000_000_000);
    logs.append('a.log', 'four\n');
    utimesSync(logs.path('a.log'), 500_000_000, 500_000_000);
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['two', 'three', 'four']);
  });

  test('when the clock was set back, and an older file is gone: all that is newer than what is there is read', async () => {
    await logs.start();
    await logs.read();
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'three\n');
    assert.deepEqual(await logs.read(), ['three']);
    await logs.mark();
    logs.stop();
    unlinkSync(logs.path('a.log.1'));
    logs.move('a.log', 'a.log.2');
    logs.stepClock(-3_600_000);
    logs.append('a.log', 'four\n');
    logs.move('a.log', 'a.log.1');
    logs.append('a.log', 'five\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['four', 'five']);
  });

  test('and deleted: what came after it is read, and what came before it is not', async () => {
    writeFileSync(logs.path('a.log.9'), 'long ago\n');
    utimesSync(logs.path('a.log.9'), 1_000_000_000, 1_000_000_000);
    unlinkSync(logs.path('a.log'));
    logs.append('a.log.1', 'three\n');
    utimesSync(logs.path('a.log.1'), 4_000_000_000, 4_000_000_000);
    logs.append('a.log', 'four\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['three', 'four']);
  });

  test('an inode that is used again is another file', async () => {
    // Overwritten in place: the same inode, as ext4 gives it to the next file.
    writeFileSync(logs.path('a.log'), 'another start\nand more\n');
    await logs.start();
    assert.deepEqual(fresh(await logs.read()), ['another start', 'and more']);
  });

  test('a folder that was away and comes back is no reason to read anything twice', async () => {
    await logs.start();
    await logs.read();
    logs.move('a.log', '../elsewhere');
    await logs.read();
    logs.nowMs += 700_000;
    await logs.read();
    logs.move('../elsewhere', 'a.log');
    logs.append('a.log', 'three\n');
    assert.deepEqual(fresh(await logs.read()), ['three']);
  });
});

describe('folders and patterns', () => {
  test('name logs, and not what rotation has made of them, nor what is no log', async () => {
    mkdirSync(logs.path('nginx'));
    for (const name of [
      'a.log',
      'a.log.1',
      'a.log-20260101.gz',
      'nginx/b.log',
      'nginx/b.log.old',
      'wtmp',
      '.hidden',
      'x.journal',
    ])
      logs.append(name, `${name}\n`);
    await logs.start(['.']);
    assert.deepEqual(await logs.read(), ['a.log', 'nginx/b.log']);
    logs.append('nginx/c.log', 'new\n');
    assert.deepEqual(await logs.read(), ['new']);
  });

  test('name logs of a day each', async () => {
    logs.append('app-2026-11-21.log', 'one\n');
    await logs.start(['app-*.log']);
    assert.deepEqual(await logs.read(), ['one']);
    logs.append('app-2026-11-22.log', 'two\n');
    assert.deepEqual(await logs.read(), ['two']);
  });

  test('may be gone', async () => {
    mkdirSync(logs.path('sub'));
    logs.append('sub/a.log', 'one\n');
    await logs.start(['sub', 'none/*.log']);
    assert.deepEqual(await logs.read(), ['one']);
    rmSync(logs.path('sub'), { recursive: true });
    assert.deepEqual(await logs.read(), []);
  });
});

test('archives since a time are read before the log, the oldest first, and reading goes on amid them', async () => {
  const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
  for (const [name, number] of [
    ['a.log.4', 1],
    ['a.log.3', 18],
    ['a.log.2', 19],
  ] as const) {
    logs.append(name, `${name}\n`);
    logs.pack(name, day(number));
  }
  logs.append('a.log.1', 'a.log.1\n');
  utimesSync(logs.path('a.log.1'), day(20), day(20));
  logs.append('a.log', 'a.log\n');
  await logs.start(['a.log'], { sinceMs: day(10).getTime() });
  const all = ['a.log.3', 'a.log.2', 'a.log.1', 'a.log'];
  assert.deepEqual(await logs.read(), all);
  await logs.mark();
  logs.append('a.log', 'new\n');
  await logs.start(['a.log'], { sinceMs: day(10).getTime() });
  assert.deepEqual(fresh(await logs.read()), ['new']);
});

test('many small files that wait are read in as many turns as one large file, so that marks come between', async () => {
  const text = `${'x'.repeat(99)}\n`.repeat(1_000);
  for (let number = 20; number > 0; number--) logs.append(`a.log.${number}`, `${number}\n${text}`);
  logs.append('a.log', 'last\n');
  await logs.start(['a.log'], { sinceMs: 0 });
  const turns: number[] = [];
  const lines: string[] = [];
  while (lines.at(-1) !== 'last') {
    const read = await logs.turnOnce();
    turns.push(read.length);
    lines.push(...read);
    await logs.mark();
  }
  assert.ok(Math.max(...turns) <= 4_000, `lines of each turn: ${turns}`);
  assert.deepEqual(
    lines.filter((line) => line.length < 10),
    [...Array.from({ length: 20 }, (_, index) => `${20 - index}`), 'last'],
  );
  // What is behind the last mark is not read twice.
  await logs.start();
  logs.append('a.log', 'new\n');
  assert.deepEqual(fresh(await logs.read()), ['new']);
});

test('a log whose rotated files are counted up is read whole, and nothing of it twice', async () => {
  for (const number of [1, 2, 3]) logs.append(`a.log.${number}`, `old ${number}\n`);
  logs.append('a.log', 'one\n');
  await logs.start();
  assert.deepEqual(await logs.read(), ['one']);
  await logs.mark();
  logs.stop();
  for (const [number, line] of [
    [4, 'two'],
    [5, 'three'],
    [6, 'four'],
  ] as const) {
    logs.move('a.log', `a.log.${number}`);
    logs.append('a.log', `${line}\n`);
  }
  await logs.start();
  assert.deepEqual(fresh(await logs.read()), ['two', 'three', 'four']);
});
