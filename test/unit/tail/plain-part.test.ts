import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { BatchWriter } from '../../../src/io/sink.ts';
import { fingerprintOf } from '../../../src/tail/fingerprint.ts';
import { LineWriter } from '../../../src/tail/line-writer.ts';
import { type FileState, isState, OpenFiles, stateOf } from '../../../src/tail/log-file.ts';
import { PlainPart } from '../../../src/tail/plain-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'lp-part-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'app.log');
const out = new LineWriter(new BatchWriter({ write: async () => {} }));

function stateNow(): FileState {
  const state = stateOf(path);
  assert.ok(isState(state));
  return state;
}

describe('a file that is to be read', () => {
  test('is not taken for the one that has its name by the time it is looked at', async () => {
    writeFileSync(path, 'one\n');
    const state = stateNow();
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'two\n');
    assert.notEqual(statSync(path).ino, state.inode);
    const part = new PlainPart(path, { path, state, offset: 0, isComplete: false }, new OpenFiles());
    const { inode, fingerprint, offset } = part.position();
    assert.deepEqual({ inode, fingerprint, offset }, { inode: state.inode, fingerprint: undefined, offset: 0 });
    assert.equal(await part.read(out), 'changed');
  });

  test('is not taken for what was written to it after it was copied and truncated', async () => {
    writeFileSync(path, 'one\ntwo\nthree\n');
    const state = stateNow();
    writeFileSync(path, 'four\n');
    assert.equal(statSync(path).ino, state.inode);
    const part = new PlainPart(path, { path, state, offset: 0, isComplete: false }, new OpenFiles());
    assert.equal(part.position().fingerprint, undefined);
    assert.equal(part.position().modified, new Date(state.modifiedMs).toISOString());
    assert.equal(await part.read(out), 'changed');
  });

  test('is not taken for one that was written in its place from the start', async () => {
    writeFileSync(path, 'three\n');
    const found = { path, state: stateNow(), offset: 4, isComplete: false, fingerprint: fingerprintOf(Buffer.from('two\n')) };
    const part = new PlainPart(path, found, new OpenFiles());
    assert.equal(part.position().fingerprint, found.fingerprint);
    assert.equal(part.isIntact(), false);
    assert.equal(await part.read(out), 'changed');
  });
});
