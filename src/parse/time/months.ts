import { byteAt } from './digits.ts';

/*
 * Hot path: the names of months, by their first three bytes in small letters, as one number.
 */

const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * How months start in German, French, Spanish, Italian, Portuguese, Dutch, Polish and the Scandinavian languages, where they
 * start otherwise than in English. The languages agree: no start means different months. Source: Unicode CLDR, `monthFormat`.
 */
const others: readonly (readonly string[])[] = [
  ['jän', 'ene', 'gen', 'sty'],
  ['fév', 'fev', 'lut', 'f\ufffdv'],
  ['mär', 'mrz', 'mrt', 'm\ufffdr'],
  ['avr', 'abr', 'kwi'],
  ['mai', 'mag', 'mei', 'maj'],
  ['giu', 'cze'],
  ['lug', 'lip'],
  ['aoû', 'ago', 'sie', 'ao\ufffd'],
  ['set', 'wrz'],
  ['okt', 'ott', 'out', 'paź'],
  ['lis'],
  ['déc', 'dez', 'dic', 'des', 'gru', 'd\ufffdc'],
];

const englishCodes = codesOf(english.map((name) => [name]));
const allCodes = new Map([...englishCodes, ...codesOf(others)]);

function codesOf(names: readonly (readonly string[])[]): ReadonlyMap<number, number> {
  return new Map(names.flatMap((all, index) => all.map((name) => [codeOf(Buffer.from(name), 0), index + 1] as const)));
}

/** Three letters in any case, as one number. */
export function codeOf(bytes: Uint8Array, at: number): number {
  return ((byteAt(bytes, at) | 0x20) << 16) | ((byteAt(bytes, at + 1) | 0x20) << 8) | (byteAt(bytes, at + 2) | 0x20);
}

/** The month whose English name of three letters stands here in any case, or -1. */
export function monthAt(bytes: Uint8Array, at: number): number {
  return englishCodes.get(codeOf(bytes, at)) ?? -1;
}

/** All starts of names, each as `codeOf` gives it. */
export const monthCodes: readonly number[] = [...allCodes.keys(), codeOf(Buffer.from('jui'), 0)];

const june = codeOf(Buffer.from('jui'), 0);

/** The month whose name starts here, in any of the languages known, or -1. */
export function anyMonthAt(bytes: Uint8Array, at: number): number {
  const code = codeOf(bytes, at);
  // French `juin` and `juillet`.
  if (code === june) return (byteAt(bytes, at + 3) | 0x20) === 0x6c ? 7 : 6;
  return allCodes.get(code) ?? -1;
}
