import assert from 'node:assert/strict';
import { appendFileSync, linkSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { areSame, candidatesOf } from '../../../src/tail/candidate.ts';

const folder = mkdtempSync(join(tmpdir(), 'lp-candidates-'));
after(() => rmSync(folder, { recursive: true }));

test('a file that has two names, as when it is renamed meanwhile, is one file, under the later name', () => {
  const path = join(folder, 'a.log');
  for (const name of [path, `${path}.1`, `${path}.3`]) writeFileSync(name, name);
  linkSync(`${path}.1`, `${path}.2`);
  const rotated = [1, 2, 3].map((number) => ({ path: `${path}.${number}`, isPacked: false }));
  assert.deepEqual(
    candidatesOf(path, rotated).map((file) => file.path),
    [path, `${path}.2`, `${path}.3`],
  );
});

test('files that have grown are the same, and one that was truncated or written anew meanwhile is not', () => {
  const path = join(folder, 'b.log');
  writeFileSync(path, 'one\ntwo\n');
  utimesSync(path, 1_000, 1_000);
  const looked = () => candidatesOf(path, []);
  const first = looked();
  assert.ok(areSame(first, looked()));
  appendFileSync(path, 'three\n');
  const second = looked();
  assert.ok(areSame(first, second));
  truncateSync(path, 4);
  assert.ok(!areSame(second, looked()));
  truncateSync(path);
  appendFileSync(path, 'another\n');
  assert.ok(!areSame(second, looked()));
});
