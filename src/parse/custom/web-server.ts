import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import type { NumberField, TextField } from '../fields.ts';
import { address, type Element, number, type Pattern, type Reach, skip, stamp, text, url, within } from '../pattern.ts';
import { request } from '../pieces/access.ts';
import type { StampShape } from '../time/shapes.ts';

/** What a variable of a web server's log format stands for. */
export type Meaning =
  | { readonly text: TextField }
  | { readonly number: NumberField }
  | { readonly stamp: StampShape; readonly isBracketed?: boolean }
  | { readonly is: 'client' | 'request' | 'target' | 'unknown' };

/** A piece of a format string. */
export type Piece = { readonly literal: string } | { readonly variable: string; readonly meaning: Meaning };

/**
 * The pattern of a format string: a variable reaches to the literal behind it, inside quotes to the quote that the server
 * wrote. Throws `LpError` 64 where two variables stand together, so that nobody could tell them apart.
 */
export function patternOf(pieces: readonly Piece[]): Pattern {
  return pieces.flatMap((piece, index): Element[] => {
    if ('literal' in piece) return [{ kind: 'literal', text: piece.literal }];
    const next = pieces[index + 1];
    if (next !== undefined && 'variable' in next) {
      throw new LpError(
        `nothing stands between ${piece.variable} and ${next.variable} in the format, so they cannot be told apart`,
        exitStatus.usage,
      );
    }
    return elementsOf(piece.meaning, reachTo(next?.literal));
  });
}

function reachTo(literal: string | undefined): Reach {
  if (literal === undefined) return 'rest';
  return literal.startsWith('"') ? 'quote' : 'first';
}

function elementsOf(meaning: Meaning, reach: Reach): Element[] {
  if ('text' in meaning) return [reach === 'first' ? text(meaning.text) : { kind: 'text', field: meaning.text, reach }];
  if ('number' in meaning) return [number(meaning.number)];
  if ('stamp' in meaning) {
    const moment = stamp(meaning.stamp);
    return meaning.isBracketed === true ? [{ kind: 'literal', text: '[' }, moment, { kind: 'literal', text: ']' }] : [moment];
  }
  switch (meaning.is) {
    case 'client':
      return [address('source', reach)];
    case 'request':
      return [within(reach, [request])];
    case 'target':
      return [url(reach)];
    default:
      return [skip(reach)];
  }
}
