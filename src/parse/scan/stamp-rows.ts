import { lookaheads } from '../time/clock.ts';
import { type StampShape, stampShapes } from '../time/shapes.ts';
import { stampStarts } from '../time/starts.ts';

/** Bits behind those of `stampStarts`. */
const hasAnyForm = 8;
const hasTail = 16;

/** Where a byte always stands in the stamps of a shape. Source: ../time/shapes.ts. */
const certain: Readonly<Partial<Record<StampShape, readonly [place: number, character: string]>>> = {
  clf: [2, '/'],
  rfc3339: [4, '-'],
  iso: [4, '-'],
  slashed: [4, '/'],
  clock: [2, ':'],
  monthDay: [4, ' '],
};

/**
 * What the kernel knows of each shape of stamps, in eight bytes: with what they start, how far behind them is looked, a place and
 * the byte that always stands there, and the shape that those with a tail have without it. The kernel's side: ../kernel/time.ts.
 */
export function shapeRows(): Uint8Array {
  return Uint8Array.from(
    stampShapes.flatMap((shape, index) => {
      const isWithTail = shape.endsWith('WithTail');
      const bits = stampStarts[shape] | (isWithTail ? hasTail : shape.startsWith('any') ? hasAnyForm : 0);
      const [place = 0, character = '\0'] = certain[shape] ?? [];
      return [bits, lookaheads[index] ?? 0, place, character.charCodeAt(0), stampShapes.indexOf('any'), 0, 0, 0];
    }),
  );
}
