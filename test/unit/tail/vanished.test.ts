import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, describe, type TestContext, test } from 'node:test';
import { Logs } from '../../support/follow.ts';

let logs: Logs;
beforeEach(() => {
  logs = new Logs();
});
afterEach(() => logs.remove());

const fresh = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('~'));

/** Looks and reads several times; gives the new lines. */
async function readOften(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let look = 0; look < 4; look++) lines.push(...fresh(await logs.read()));
  return lines;
}

function system(command: string, ...options: readonly string[]): void {
  const { status, stderr } = spawnSync(command, options, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** A disk that can be shown at a place, and taken away from there. */
class Disk {
  readonly #path: string;
  readonly #place: string;

  constructor(name: string, place: string) {
    this.#path = logs.path(name);
    this.#place = logs.path(place);
    for (const folder of [this.#path, this.#place]) mkdirSync(folder, { recursive: true });
    system('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', this.#path);
  }

  append(name: string, text: string): void {
    appendFileSync(`${this.#path}/${name}`, text);
  }

  copyTo(other: Disk): void {
    cpSync(this.#path, other.#path, { recursive: true, preserveTimestamps: true });
  }

  come(): void {
    system('mount', '--bind', this.#path, this.#place);
  }

  /** Also while files are open. */
  go(): void {
    system('umount', '-l', this.#place);
  }

  remove(): void {
    spawnSync('umount', ['-l', this.#place]);
    spawnSync('umount', ['-l', this.#path]);
  }
}

const long = `${'x'.repeat(2_000)}`;
const isMountable = spawnSync('unshare', ['-m', 'true']).status === 0;

describe('a file system that is away for a while', { skip: !isMountable && 'nothing can be mounted here' }, () => {
  let disk: Disk;
  beforeEach(async () => {
    disk = new Disk('disk', 'mount');
    disk.append('a.log.1', 'older\n');
    disk.append('a.log', `one ${long}\n`);
    disk.append('b.log', 'one of b\n');
    disk.come();
    await logs.start(['mount']);
    await logs.read();
    await logs.mark();
  });
  afterEach(() => disk.remove());

  test('is told of once, and its logs are read on when it is back', async () => {
    disk.go();
    assert.deepEqual(await readOften(), []);
    assert.equal(logs.warnings.length, 1, logs.warnings.join('\n'));
    assert.match(logs.warnings[0] ?? '', /mount: this folder, or its file system, is gone/);
    logs.nowMs += 700_000;
    assert.deepEqual(await readOften(), []);
    disk.append('a.log', 'two\n');
    disk.come();
    disk.append('b.log', 'two of b\n');
    assert.deepEqual(await readOften(), ['two', 'two of b']);
    disk.go();
    await readOften();
    assert.equal(logs.warnings.length, 2);
  });

  test('loses no place when lp-tail is started again meanwhile', async () => {
    disk.go();
    await logs.start(['mount']);
    assert.deepEqual(await readOften(), []);
    await logs.mark();
    await logs.start(['mount']);
    disk.append('a.log', 'two\n');
    disk.come();
    assert.deepEqual(await readOften(), ['two']);
  });

  test('may have logs in its place meanwhile, which are read too', async () => {
    await logs.start(['mount']);
    disk.append('a.log', 'two\n');
    assert.deepEqual(await readOften(), ['two']);
    disk.go();
    writeFileSync(logs.path('mount/a.log'), 'three\n');
    assert.deepEqual(await readOften(), ['three']);
    logs.nowMs += 700_000;
    assert.deepEqual(await readOften(), []);
    disk.append('a.log', 'four\n');
    disk.come();
    assert.deepEqual(await readOften(), ['four']);
  });

  test('may have another number when it is back', async () => {
    const other = new Disk('other', 'mount');
    try {
      disk.copyTo(other);
      disk.go();
      assert.deepEqual(await readOften(), []);
      other.append('a.log', 'two\n');
      other.come();
      assert.deepEqual(await readOften(), ['two']);
    } finally {
      other.remove();
    }
  });
});

/** Lets the system fail with a code whatever is asked of it about files, until the test is over or the result is called. */
function fail(
  t: TestContext,
  code: string,
  names: readonly ('statSync' | 'fstatSync' | 'readSync' | 'readdirSync')[],
): () => void {
  const mocks = names.map((name) =>
    t.mock.method(fs, name, () => {
      throw Object.assign(new Error(code), { code });
    }),
  );
  syncBuiltinESMExports();
  const restore = (): void => {
    for (const mock of mocks) mock.mock.restore();
    syncBuiltinESMExports();
  };
  t.after(restore);
  return restore;
}

describe('a file system that fails for a while is told of once, and nothing is lost or read twice:', () => {
  for (const [shows, code, names] of [
    ['a server that has forgotten its files', 'ESTALE', ['statSync', 'fstatSync', 'readSync', 'readdirSync']],
    ['a program that is gone', 'ENOTCONN', ['statSync', 'fstatSync', 'readSync', 'readdirSync']],
    ['a disk that cannot be read', 'EIO', ['readSync']],
    ['folders that cannot be listed', 'EIO', ['readdirSync']],
  ] as const) {
    test(shows, async (t) => {
      logs.append('a.log', 'zero\n');
      logs.move('a.log', 'a.log.1');
      logs.append('a.log', 'one\n');
      await logs.start(['a.log'], { sinceMs: 0 });
      assert.deepEqual(await logs.read(), ['zero', 'one']);
      logs.append('a.log', 'two\n');
      if (code === 'EIO') logs.move('a.log', 'a.log.2');
      if (code === 'EIO') logs.append('a.log', 'three\n');
      const restore = fail(t, code, names);
      const lines = [...(await readOften())];
      restore();
      assert.equal(logs.warnings.length, 1, logs.warnings.join('\n'));
      assert.match(logs.warnings[0] ?? '', new RegExp(`cannot be read: ${code}`));
      lines.push(...(await readOften()));
      assert.deepEqual(lines, code === 'EIO' ? ['two', 'three'] : ['two']);
    });
  }
});
