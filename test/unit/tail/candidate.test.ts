import assert from 'node:assert/strict';
import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { candidatesOf } from '../../../src/tail/candidate.ts';

const folder = mkdtempSync(join(tmpdir(), 'lp-candidates-'));
after(() => rmSync(folder, { recursive: true }));

test('a file that has two names, as when it is renamed meanwhile, is one file, under the later name', () => {
  const path = join(folder, 'a.log');
  for (const name of [path, `${path}.1`, `${path}.3`]) writeFileSync(name, name);
  linkSync(`${path}.1`, `${path}.2`);
  const rotated = [1, 2, 3, 4].map((number) => ({ path: `${path}.${number}`, isPacked: false }));
  assert.deepEqual(
    candidatesOf(path, rotated).map((file) => file.path),
    [path, `${path}.2`, `${path}.3`],
  );
});
