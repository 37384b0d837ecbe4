import { type Encoding, encodingNames } from './encodings.ts';
import { fault, type Place } from './node.ts';
import type { RegexFlag } from './regex.ts';
import type { Position } from './wildcard.ts';

/** What the modifiers behind a field's name (`field|contains|all`) come to. */
export interface Modifiers {
  readonly kind: 'text' | 're' | 'exists' | 'cidr' | 'fieldref' | Comparison;
  readonly position: Position;
  /** Whether all values must be there, not just one. */
  readonly isAll: boolean;
  readonly isCased: boolean;
  readonly isNegated: boolean;
  /** Whether `%name%` in a value stands for other values. */
  readonly isExpanded: boolean;
  /** In the order in which they are done. */
  readonly encodings: readonly Encoding[];
  readonly flags: ReadonlySet<RegexFlag>;
  /** The part of a time that is looked at, instead of the field's text. */
  readonly timePart: TimePart | undefined;
}

/** A comparison of numbers. */
export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

/** Parts of a time, in UTC; weeks are those of ISO 8601. */
export type TimePart = (typeof timeParts)[number];

const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const positions = ['contains', 'startswith', 'endswith'] as const;
const kinds = ['re', 'exists', 'cidr', 'fieldref', 'gt', 'gte', 'lt', 'lte'] as const;
const flagNames = ['i', 'm', 's'] as const;
const others = ['all', 'cased', 'neq', 'expand'];
const known: readonly string[] = [...positions, ...others, ...kinds, ...flagNames, ...encodingNames, ...timeParts];

/**
 * Reads the modifiers of one field. Throws `LpError` 78 for those that are unknown or contradictory.
 * Source: Sigma specification 2.1, "Modifiers" (appendix).
 */
export function readModifiers(names: readonly string[], place: Place): Modifiers {
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) throw fault(place, `there is no modifier "${stranger}"; there are ${known.join(', ')}`);
  const kind = kinds.find((name) => names.includes(name)) ?? 'text';
  const modifiers: Modifiers = {
    kind,
    position: positions.find((name) => names.includes(name)) ?? 'exact',
    isAll: names.includes('all'),
    isCased: names.includes('cased'),
    isNegated: names.includes('neq'),
    isExpanded: names.includes('expand'),
    encodings: names.flatMap((name) => encodingNames.find((encoding) => encoding === name) ?? []),
    flags: new Set(flagNames.filter((name) => names.includes(name))),
    timePart: timeParts.find((name) => names.includes(name)),
  };
  const misfit = misfitAmong(names, modifiers);
  if (misfit !== undefined) throw fault(place, `the modifier "${misfit}" does not go with the other modifiers`);
  return modifiers;
}

/** Modifiers that go with any other. */
const social = ['all', 'neq'];

/** What goes with each kind of test, besides `all` and `neq`. */
const companions: Readonly<Record<Modifiers['kind'], readonly string[]>> = {
  text: ['cased', 'expand', ...positions, ...encodingNames, ...timeParts],
  re: ['expand', ...flagNames],
  exists: [],
  cidr: ['expand'],
  fieldref: ['cased', ...positions],
  gt: timeParts,
  gte: timeParts,
  lt: timeParts,
  lte: timeParts,
};

/** The first modifier that has no sense beside the others; those of a sort exclude each other, and none is given twice. */
function misfitAmong(names: readonly string[], { kind, position, timePart }: Modifiers): string | undefined {
  return names.find((name, index) => {
    if (name === kind) return names.indexOf(name) !== index;
    if (![...social, ...companions[kind]].includes(name) || names.indexOf(name) !== index) return true;
    if (positions.some((one) => one === name)) return name !== position || timePart !== undefined;
    return timeParts.some((one) => one === name) && name !== timePart;
  });
}
