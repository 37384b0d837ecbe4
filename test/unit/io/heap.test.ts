import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { root } from '../../support/repository.ts';

/** The size of the space for new objects after many short lives, in MiB. */
function newSpaceAfter(before: string): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { keepNewSpaceSmall } from './src/io/heap.ts';
    ${before}
    let kept = [];
    for (let round = 0; round < 400; round++) kept = Array.from({ length: 10_000 }, (_, index) => ({ index, kept: kept.length }));
    const { space_size: bytes } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    console.log(bytes / 2 ** 20);`;
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: root,
    encoding: 'utf8',
  });
  return Number(stdout);
}

test('the space for new objects does not grow in stages that ask for it', () => {
  const small = newSpaceAfter('keepNewSpaceSmall();');
  const usual = newSpaceAfter('');
  assert.ok(small > 0 && small * 4 <= usual, `${small} and ${usual} MiB`);
});
