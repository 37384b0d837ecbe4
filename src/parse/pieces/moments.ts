import { type Element, oneOf, type Pattern, pattern, skip, stamp } from '../pattern.ts';

/** A moment in any shape that is known, with all that belongs to it. */
export const moment: Element = oneOf([stamp('anyWithTail')], [stamp('any')]);

/** The same, but for mere counts of seconds and the like, which could be any number. */
export const dated: Element = oneOf([stamp('anyDateWithTail')], [stamp('anyDate')]);

/** A moment as it is, or in brackets. */
export function bracketed(inside: Element): Element {
  return oneOf(pattern`[${skip('blanks')}${inside}]`, pattern`<${inside}>`, pattern`(${inside})`, [inside]);
}

/** What parts a moment from what follows it: `: `, ` - `, ` | `, `|`, blanks or nothing. */
export const behindMoment: Pattern = [
  oneOf(pattern`" `, pattern`: `, pattern` - `, pattern` | `, pattern`::`, pattern`|`, pattern`:`, pattern`, `, pattern` `, []),
];
