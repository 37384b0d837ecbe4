import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joined, printable } from '../../../src/io/printable.ts';
import { fc } from '../../support/generated.ts';

const rows: readonly (readonly [shows: string, text: string, printed: string])[] = [
  ['plain text', 'a b é 漢 😀 ~', 'a b é 漢 😀 ~'],
  ['a backslash', '\\x1b', '\\x1b'],
  ['line ends and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
  ['an escape sequence', '\x1b[31mred\x07', '\\x1b[31mred\\x07'],
  ['NUL and DEL', '\0\x7f', '\\x00\\x7f'],
  ['C1 controls', '\x9b31m', '\\x9b31m'],
  ['a change of direction', 'a\u202eb', 'a\\u202eb'],
  ['isolates', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['characters of no width', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
  ['a soft hyphen', 'a\u00adb', 'a\\xadb'],
  ['line and paragraph separators', '\u2028\u2029', '\\u2028\\u2029'],
  ['tags', '\u{e0041}', '\\u{e0041}'],
  ['half a surrogate', 'a\ud800b', 'a\\ud800b'],
];
for (const [shows, text, printed] of rows) test(`${shows} is printed safely`, () => assert.equal(printable(text), printed));

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ max: 0x2fff }).map((code) => String.fromCharCode(code)) }),
);

test('nothing that is printed holds a control or invisible character', () => {
  fc.assert(
    fc.property(anyText, (text) =>
      assert.doesNotMatch(printable(text), /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u),
    ),
  );
});

test('what is printable stays as it is', () => {
  fc.assert(fc.property(anyText, (text) => assert.equal(printable(printable(text)), printable(text))));
});

test('printable texts are joined', () => assert.equal(joined([printable('a'), printable('b')], ', '), 'a, b'));
