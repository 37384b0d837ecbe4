import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Watcher } from '../../../src/tail/watcher.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-watcher-'));
after(() => rmSync(directory, { recursive: true }));

test('a folder that was made anew is watched again', async () => {
  const folder = join(directory, 'log');
  mkdirSync(folder);
  let told: (() => void) | undefined;
  const watcher = new Watcher((_folder, name) => {
    if (name === 'a.log') told?.();
  });
  watcher.watch(new Set([folder]));
  renameSync(folder, `${folder}.old`);
  mkdirSync(folder);
  watcher.watch(new Set([folder]));
  const isTold = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), 10_000);
    told = () => {
      clearTimeout(timer);
      resolve(true);
    };
  });
  writeFileSync(join(folder, 'a.log'), 'one\n');
  assert.ok(await isTold);
  watcher.close();
});
