import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { LpError, reasonOf, systemCodeOf } from '../../../src/model/error.ts';
import { exitStatus } from '../../../src/model/exit-status.ts';

test('an error holds its message, its status and its cause', () => {
  const cause = new Error('why');
  const error = new LpError('what', exitStatus.noInput, { cause });
  assert.deepEqual([error.name, error.message, error.status, error.cause], ['LpError', 'what', 66, cause]);
});

test('whatever is thrown has a reason', () => {
  assert.equal(reasonOf(new TypeError('a')), 'a');
  assert.equal(reasonOf('b'), 'b');
  assert.equal(reasonOf(undefined), 'undefined');
});

test('an error of the system has its code, others have none', async () => {
  const missing = await readFile('/no/such/file').catch((thrown: unknown) => thrown);
  assert.equal(systemCodeOf(missing), 'ENOENT');
  for (const thrown of [new Error('a'), 'EPIPE', { code: 'EPIPE' }, undefined, Object.assign(new Error('a'), { code: 1 })]) {
    assert.equal(systemCodeOf(thrown), undefined);
  }
});
