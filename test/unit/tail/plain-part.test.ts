import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs, { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { BatchWriter } from '../../../src/io/sink.ts';
import { fingerprintOf } from '../../../src/tail/fingerprint.ts';
import { LineWriter } from '../../../src/tail/line-writer.ts';
import { isLook, lookInto, OpenFiles } from '../../../src/tail/log-file.ts';
import { type Found, PlainPart } from '../../../src/tail/plain-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'lp-part-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'app.log');
const out = new LineWriter(new BatchWriter({ write: async () => {} }));

/** The file as it is now, read up to an offset. */
function foundNow(offset: number): Found {
  const look = lookInto(path);
  assert.ok(isLook(look));
  return { path, state: look.state, offset, isComplete: false, fingerprint: fingerprintOf(look.head) };
}

describe('a file that is to be read', () => {
  test('is not taken for the one that has its name by the time it is read', async () => {
    writeFileSync(path, 'one\n');
    const found = foundNow(0);
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'two\n');
    assert.notEqual(statSync(path).ino, found.state.inode);
    const part = new PlainPart(path, found, new OpenFiles());
    const { inode, fingerprint, offset } = part.position();
    assert.deepEqual({ inode, fingerprint, offset }, { inode: found.state.inode, fingerprint: found.fingerprint, offset: 0 });
    assert.equal(await part.read(out), 'changed');
  });

  test('is not taken for what was written to it after it was copied and truncated', async () => {
    writeFileSync(path, 'one\ntwo\nthree\n');
    const found = foundNow(0);
    writeFileSync(path, 'four\nfive\nsix and seven\n');
    assert.equal(statSync(path).ino, found.state.inode);
    const part = new PlainPart(path, found, new OpenFiles());
    assert.equal(await part.read(out), 'changed');
    assert.equal(part.position().fingerprint, found.fingerprint);
  });

  test('is not taken for one that was written in its place from the start', async () => {
    writeFileSync(path, 'three\n');
    const found = { ...foundNow(4), fingerprint: fingerprintOf(Buffer.from('two\n')) };
    const part = new PlainPart(path, found, new OpenFiles());
    assert.equal(part.position().fingerprint, found.fingerprint);
    assert.equal(part.isIntact(), false);
    assert.equal(await part.read(out), 'changed');
  });

  test('is no file any more when a pipe has its name, and that is no reason to wait', async () => {
    writeFileSync(path, 'one\n');
    const part = new PlainPart(path, foundNow(0), new OpenFiles());
    execFileSync('sh', ['-c', 'mkfifo "$0"', `${path}.pipe`]);
    renameSync(`${path}.pipe`, path);
    const result = await part.read(out);
    rmSync(path);
    assert.equal(result, 'changed');
  });

  test('that is copied and truncated while it is read gives nothing of what comes after', async (t) => {
    writeFileSync(path, 'one\ntwo\nthree\n');
    const part = new PlainPart(path, foundNow(4), new OpenFiles());
    const before = out.count;
    const read = fs.readSync;
    // Between the look at its state and the read of its lines.
    t.mock.method(fs, 'readSync', (...given: Parameters<typeof read>) => {
      writeFileSync(path, 'four and more of it\n');
      return read(...given);
    });
    syncBuiltinESMExports();
    const result = await part.read(out);
    t.mock.restoreAll();
    syncBuiltinESMExports();
    assert.deepEqual([result, out.count, part.offset], ['changed', before, 4]);
  });
});
