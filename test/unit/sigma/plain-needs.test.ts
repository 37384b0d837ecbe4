import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encoded, encodedParts } from '../../../src/sigma/decoded.ts';
import { plainNeedsOf } from '../../../src/sigma/plain-needs.ts';
import { notable } from '../../../src/sigma/request/values.ts';
import type { SingleRule } from '../../../src/sigma/rule.ts';
import { fc } from '../../support/generated.ts';
import { rulesFrom } from '../../support/records.ts';

/** Texts in which a pattern finds something, with something around. */
function texts(pattern: RegExp): fc.Arbitrary<string> {
  const ascii = fc.stringMatching(/^[a-z /.?=&;-]{0,6}$/);
  // fast-check knows neither flags nor the borders of words.
  return fc
    .tuple(fc.constantFrom('', 'x'), fc.stringMatching(new RegExp(pattern.source.replaceAll('\\b', ''))), ascii)
    .map((parts) => parts.join(''))
    .filter((text) => pattern.test(text) && /^[\0-\x7f]*$/.test(text));
}

describe('what tells from bytes that a text is worth a look', () => {
  for (const [where, { pattern, parts, starts }] of Object.entries(notable))
    it(`stands in each notable ${where}`, () => {
      fc.assert(
        fc.property(texts(pattern), (text) => {
          const folded = text.toLowerCase();
          assert.ok(parts.some((part) => folded.includes(part)) || starts.some((start) => folded.startsWith(start)), text);
        }),
        { numRuns: 3_000 },
      );
    });

  it('stands in each text that is decoded', () => {
    fc.assert(
      fc.property(texts(encoded), (text) => encodedParts.some((part) => text.includes(part))),
      { numRuns: 1_000 },
    );
  });
});

describe('what rules need of records, in terms of what stands in them', () => {
  async function needsOf(logsource: string, selection: string): Promise<unknown> {
    const rules = await rulesFrom(
      `title: t\nlogsource: {${logsource}}\ndetection: {s: {${selection}}, condition: s}\nlevel: low\n`,
    );
    const singles = rules.rules.filter((rule): rule is SingleRule => rule.kind === 'single');
    return plainNeedsOf(singles)?.map(({ need }) => [need.kind, need.path.join('.'), 'text' in need ? need.text : undefined]);
  }

  it('is what they name, for fields that nobody encodes', async () => {
    assert.deepEqual(await needsOf('category: authentication', 'user.name: Root'), [['value', 'user.name', 'root']]);
    assert.deepEqual(await needsOf('product: linux', 'process.pid|exists: true'), [['present', 'process.pid', undefined]]);
  });

  it('is any encoding, too, for what clients write', async () => {
    const needs = await needsOf('category: webserver', 'cs-uri-query|contains: /x');
    assert.deepEqual(needs, [['part', 'url.original', '/x'], ...encodedParts.map((part) => ['part', 'url.original', part])]);
  });

  it('is the whole of audit records for what is worked out of them', async () => {
    assert.deepEqual(await needsOf('product: linux, service: auditd', 'a0|contains: nc'), [['value', 'log.dataset', 'auditd']]);
  });

  it('is not sure for what a record must not have', async () => {
    assert.equal(await needsOf('category: webserver', 'cs-referer: null'), undefined);
  });
});
