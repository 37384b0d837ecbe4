import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LpError } from '../../../src/model/error.ts';
import { rulesOf } from '../../../src/sigma/load.ts';
import { placeholdersFrom, unusableNote } from '../../../src/sigma/settings.ts';

describe('placeholders', () => {
  it('have the values given for their names', () => {
    assert.deepEqual(
      [...placeholdersFrom(['a=1', 'b=x=y', 'a='])],
      [
        ['a', ['1', '']],
        ['b', ['x=y']],
      ],
    );
  });

  it('need a name', () => {
    assert.throws(
      () => placeholdersFrom(['ann']),
      (thrown) => thrown instanceof LpError && thrown.status === 64,
    );
  });
});

describe('rules that were left out', () => {
  const of = (product: string): { file: string; text: string; isOfDirectory: true } => ({
    file: `${product}.yml`,
    text: `title: ${product}\nlogsource: {product: ${product.slice(0, -1)}}\ndetection: {k: [x], condition: k}\n`,
    isOfDirectory: true,
  });

  it('are counted by their reasons', async () => {
    const note = unusableNote(await rulesOf([of('windows1'), of('macos1'), of('windows2'), of('linux1')]));
    assert.match(note ?? '', /^3 of 4 rules .* left out: 2 for the log source product "windows", 1 for .*"macos"$/);
  });

  it('are no words when there are none', async () => {
    assert.equal(unusableNote(await rulesOf([of('linux1')])), undefined);
  });
});
