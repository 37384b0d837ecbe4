import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FoundLines, recordStart as start } from '../../../src/filter/line-finder.ts';
import { wordSearch } from '../../../src/filter/word-search.ts';

async function found(words: readonly string[], lines: string): Promise<{ found: readonly FoundLines[]; passedOver: number }> {
  const search = await wordSearch(words);
  assert.ok(search !== undefined, 'the kernel is built');
  const list: FoundLines[] = [];
  const passedOver = search.lines(search.memory.write(lines), (one) => list.push(one));
  return { found: list, passedOver };
}

function line(message: string): string {
  return `${start},"message":"${message}","original":"-"}\n`;
}

describe('the search for words', () => {
  it('passes over records without a word, and keeps runs of those with one', async () => {
    const lines = [line('fine'), line('it failed'), line('FAIL again'), line('fine'), line('fails')];
    const to = lines.map((_, index) => lines.slice(0, index + 1).join('').length);
    assert.deepEqual(await found(['fail'], lines.join('')), {
      found: [
        { from: to[0], to: to[2], passedOver: 1, kept: 2 },
        { from: to[3], to: to[4], passedOver: 2, kept: 1 },
      ],
      passedOver: 2,
    });
  });

  const unsure: readonly (readonly [what: string, line: string])[] = [
    ['that is no record', '{"type":"mark"}\n'],
    ['that is not whole', `${start},"message":"x"\n`],
    ['that has no end', line('x').trimEnd()],
    ['with other letters than ASCII', line('é')],
    ['with an escaped letter', line('\\u0066ail')],
    ['whose word may be half an escape', line('a\\nfail')],
    ['whose word is in another text', `${start},"novel":{"message":"fail"},"original":"-"}\n`],
    ['whose message is not its own', `${start},"novel":{"message":"fail","original":"-"},"original":"-"}\n`],
    ['that is blank', '\n'],
  ];
  for (const [what, text] of unsure)
    it(`has a line read ${what}`, async () => {
      assert.deepEqual((await found(['fail', 'nfail'], text)).found, [
        { from: 0, to: Buffer.byteLength(text.trimEnd()) + 1, passedOver: 0, kept: 0 },
      ]);
    });
});
