import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  closingQuote,
  endOfBlanks,
  endOfStructuredData,
  endOfWord,
  firstByte,
  firstPlace,
  lastPlace,
  schemeEnd,
  standsAt,
} from '../../../../src/parse/scan/search.ts';
import { fc } from '../../../support/generated.ts';

const letters = fc.constantFrom('a', 'b', ' ', '"', '\\', '[', ']');
const text = fc.array(letters, { maxLength: 40 }).map((parts) => parts.join(''));
const word = fc.array(letters, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

/** A text that stands between others, which must not be looked at. */
function between(line: string): { bytes: Uint8Array; from: number; limit: number } {
  return { bytes: Buffer.from(`ab"\\ ${line}ab"\\] `), from: 5, limit: 5 + line.length };
}

function needle(wanted: string): { pool: Uint8Array; at: number; length: number } {
  return { pool: Buffer.from(`ab${wanted}ab`), at: 2, length: wanted.length };
}

/** A place in the text, or -1, from a place in the bytes. */
const inText = (place: number): number => (place < 0 ? -1 : place - 5);

function holds(law: (line: string, wanted: string) => void): void {
  fc.assert(fc.property(text, word, law), { numRuns: 2_000 });
}

test('the first place is that of indexOf', () => {
  holds((line, wanted) => {
    const { bytes, from, limit } = between(line);
    assert.equal(inText(firstPlace(bytes, from, limit, needle(wanted))), line.indexOf(wanted));
  });
});

test('the last place is that of lastIndexOf', () => {
  holds((line, wanted) => {
    const { bytes, from, limit } = between(line);
    assert.equal(inText(lastPlace(bytes, from, limit, needle(wanted))), line.lastIndexOf(wanted));
  });
});

test('a needle stands where the text starts with it', () => {
  holds((line, wanted) => {
    const { bytes, from, limit } = between(line);
    assert.equal(standsAt(bytes, from, limit, needle(wanted)), line.startsWith(wanted));
  });
});

test('a word, blanks and a byte end where a regular expression says', () => {
  holds((line) => {
    const { bytes, from, limit } = between(line);
    assert.equal(inText(endOfWord(bytes, from, limit)), /^[^ ]*/.exec(line)?.[0].length);
    assert.equal(inText(endOfBlanks(bytes, from, limit)), /^ */.exec(line)?.[0].length);
    assert.equal(inText(firstByte(bytes, from, limit, 0x62)), /^[^b]*/.exec(line)?.[0].length);
  });
});

test('a quote closes where a regular expression says', () => {
  holds((line) => {
    const { bytes, from, limit } = between(line);
    assert.equal(inText(closingQuote(bytes, from, limit)), /^(?:[^"\\]|\\.)*(?=")/.exec(line)?.[0].length ?? -1);
  });
});

test('structured data ends where a regular expression says', () => {
  const element = /^(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+/;
  fc.assert(
    fc.property(
      text.map((line) => `[${line}`),
      (line) => {
        const { bytes, from, limit } = between(line);
        const expected = element.exec(line)?.[0].length ?? -1;
        const found = inText(endOfStructuredData(bytes, from, limit));
        // Behind a first element a damaged one makes the whole damaged; the expression would leave it out.
        if (expected < 0 || line[expected] !== '[') assert.equal(found, expected, line);
        else assert.equal(found, -1, line);
      },
    ),
    { numRuns: 5_000 },
  );
});

describe('structured data', () => {
  const rows: readonly (readonly [line: string, end: number])[] = [
    ['- x', 1],
    ['[a b="c"] x', 9],
    ['[a b="]"][c] x', 12],
    ['[a b="\\"]"] x', 11],
    ['x', -1],
    ['', -1],
    ['[a', -1],
  ];
  for (const [line, end] of rows) {
    test(`of ${JSON.stringify(line)} ends at ${end}`, () => {
      assert.equal(endOfStructuredData(Buffer.from(`${line}\0`), 0, line.length), end);
    });
  }
});

test('the authority of a URL starts behind http:// and https:// in any case, and nothing else', () => {
  for (const [line, start] of [
    ['http://a.example/', 7],
    ['https://a.example/', 8],
    ['HTTP://a.example/', 7],
    ['http:/a.example/', 0],
    ['ftp://a.example/', 0],
    ['/http://a', 0],
    ['http://', 0],
    ['', 0],
  ] as const) {
    assert.equal(schemeEnd(Buffer.from(line), 0, line.length), start, line);
  }
});
