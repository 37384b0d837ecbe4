import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pseudonyms } from '../../src/redact/pseudonyms.ts';
import { loadPatterns, Redactor } from '../../src/redact/redactor.ts';

const patterns = await loadPatterns();

function redactor(): Redactor {
  return new Redactor({ patterns, strictness: 'strict', secrets: [], pseudonyms: new Pseudonyms() });
}

/** The parts that must go, and the text without its signs. */
function marked(sample: string): { readonly text: string; readonly parts: readonly string[] } {
  const parts = [...sample.matchAll(/‹([^›]+)›/g)].map(([, part = '']) => part);
  return { text: sample.replace(/[‹›]/g, ''), parts };
}

/** Texts on which a pattern that goes back and forth takes seconds. */
const hostile = [
  'a',
  '1',
  '-',
  ':',
  '.',
  '@',
  'a.',
  '1.',
  'eyJ',
  'eyJ-',
  '-----BEGIN ',
  'password',
  'password=',
  'token:',
  '://a:',
  '=',
  '/',
  'A1b2',
  '+1 ',
  '/home/',
  'user=',
];

for (const pattern of patterns) {
  describe(`the pattern for ${pattern.title.toLowerCase()}`, () => {
    for (const sample of pattern.masks) {
      it(`takes out of ${sample.slice(0, 60)}`, () => {
        const { text, parts } = marked(sample);
        const only = new Redactor({ patterns: [pattern], strictness: 'strict', secrets: [], pseudonyms: new Pseudonyms() });
        for (const found of [only.redact(text), redactor().redact(text)]) {
          for (const part of parts) assert.ok(!found.includes(part), found);
        }
        const rest = sample.split(/‹[^›]+›/);
        const alone = only.redact(text);
        for (const kept of rest) assert.ok(alone.includes(kept), `${alone} lacks ${kept}`);
      });
    }

    for (const sample of pattern.keeps) {
      it(`leaves ${sample.slice(0, 60)}`, () => {
        const only = new Redactor({ patterns: [pattern], strictness: 'strict', secrets: [], pseudonyms: new Pseudonyms() });
        assert.equal(only.redact(sample), sample);
      });
    }

    it('has samples of both kinds, and comes where its kind comes', () => {
      assert.ok(pattern.masks.length > 0 && pattern.keeps.length > 0);
      assert.ok(pattern.find.flags.includes('g'));
    });

    it('takes time linear in the text', () => {
      for (const part of hostile) {
        const start = process.cpuUsage().user;
        for (const _ of part.repeat(Math.ceil(200_000 / part.length)).matchAll(pattern.find));
        const ms = (process.cpuUsage().user - start) / 1_000;
        assert.ok(ms < 500, `${ms} ms for ${part}`);
      }
    });
  });
}
