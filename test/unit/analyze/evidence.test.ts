import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasShape, shapeHash, shapeOf } from '../../../src/analyze/evidence.ts';

describe('the shape of an entry', () => {
  it('is compared with entries as it is made of them', () => {
    const entry = fc.oneof(fc.stringMatching(/^[a#0-2 ]{0,8}$/), fc.stringMatching(/^[a0]{500,530}$/));
    fc.assert(
      fc.property(entry, entry, (one, other) => {
        assert.equal(hasShape(one, shapeOf(other)), shapeOf(one) === shapeOf(other));
        assert.ok(hasShape(one, shapeOf(one)));
        assert.equal(shapeHash(one), shapeHash(shapeOf(one)));
      }),
      { numRuns: 2_000 },
    );
  });
});
