import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvelopes } from '../../../src/io/ndjson.ts';
import { each } from '../../support/parse-lines.ts';

interface Shown {
  readonly text: string;
  readonly line: number;
  readonly is: string;
}

async function itemsOf(chunks: readonly string[]): Promise<readonly (readonly Shown[])[]> {
  const arrays: Shown[][] = [];
  for await (const items of readEnvelopes(each(chunks.map((chunk) => Buffer.from(chunk))))) {
    arrays.push(
      items.map((item) => {
        const decoded = item.decode();
        return { text: item.bytes.toString(), line: item.lineNumber, is: decoded.ok ? decoded.envelope.type : decoded.code };
      }),
    );
  }
  return arrays;
}

const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]}}';
const future = '{"schema":"lp/1","type":"of the future"}';

test('each line is an envelope or says why not, with its number', async () => {
  assert.deepEqual((await itemsOf([`${mark}\nnonsense\n${future}\n{}\n{"schema":"lp/1","type":"mark"}\n`])).flat(), [
    { text: mark, line: 1, is: 'mark' },
    { text: 'nonsense', line: 2, is: 'E_JSON' },
    { text: future, line: 3, is: 'unknown' },
    { text: '{}', line: 4, is: 'E_SCHEMA' },
    { text: '{"schema":"lp/1","type":"mark"}', line: 5, is: 'E_FIELD' },
  ]);
});

test('blank lines are left out and counted', async () => {
  assert.deepEqual((await itemsOf([`\n\r\n${mark}\n\n`])).flat(), [{ text: mark, line: 3, is: 'mark' }]);
});

test('a line that ends with a carriage return is read', async () => {
  assert.deepEqual((await itemsOf([`${mark}\r\n`])).flat(), [{ text: `${mark}\r`, line: 1, is: 'mark' }]);
});

test('a last line without a line feed is read', async () => {
  assert.deepEqual((await itemsOf([mark])).flat(), [{ text: mark, line: 1, is: 'mark' }]);
});

test('each chunk gives its lines, so that a stage can pause between them', async () => {
  const arrays = await itemsOf([`${mark}\n${mark.slice(0, 9)}`, `${mark.slice(9)}\n`]);
  assert.deepEqual(
    arrays.map((items) => items.map(({ line }) => line)),
    [[1], [2]],
  );
});

test('a line that is too long is said to be', async () => {
  const long = `{"schema":"lp/1","type":"of the future","x":"${'x'.repeat(5 * 1024 * 1024)}"}\n`;
  const items = (await itemsOf([long.slice(0, 4_500_000), long.slice(4_500_000), `${mark}\n`])).flat();
  assert.deepEqual(
    items.map(({ line, is }) => [line, is]),
    [
      [1, 'E_JSON'],
      [2, 'mark'],
    ],
  );
});
