import type { Element, Pattern } from '../pattern.ts';

/**
 * The parts that stand in more than one place: they are compiled once and called, unless they are so small that a call
 * would be most of their cost. The same part is the same object, as formats share pieces by importing them.
 */
export function sharedParts(patterns: readonly Pattern[]): ReadonlySet<object> {
  const seen = new Set<object>();
  const shared = new Set<object>();
  const visit = (part: object, insides: readonly Pattern[]): void => {
    if (seen.has(part)) {
      if (insides.reduce((sum, inside) => sum + sizeOf(inside), 0) > smallSize) shared.add(part);
    } else {
      seen.add(part);
      for (const inside of insides) for (const element of inside) visitElement(element);
    }
  };
  const visitElement = (element: Element): void => {
    if (element.kind === 'oneOf') visit(element, element.patterns);
    else if (element.kind === 'pairs') visit(element, [...element.keys.values()]);
    else if (element.kind === 'not') for (const part of element.pattern) visitElement(part);
    else if ('inside' in element && element.inside !== undefined) visit(element.inside, [element.inside]);
  };
  for (const pattern of patterns) for (const element of pattern) visitElement(element);
  return shared;
}

/** Elements of a part that is compiled wherever it stands. */
const smallSize = 16;

/** How many elements a pattern has. One that remembers sessions counts as large: it must be the same for all who use it. */
function sizeOf(pattern: Pattern): number {
  return pattern.reduce((sum, element) => sum + 1 + sizeInside(element), 0);
}

function sizeInside(element: Element): number {
  switch (element.kind) {
    case 'recall':
      return smallSize;
    case 'oneOf':
      return element.patterns.reduce((sum, pattern) => sum + 1 + sizeOf(pattern), 0);
    case 'pairs':
      return [...element.keys.values()].reduce((sum, pattern) => sum + 1 + sizeOf(pattern), 0);
    case 'not':
      return sizeOf(element.pattern);
    default:
      return 'inside' in element && element.inside !== undefined ? sizeOf(element.inside) : 0;
  }
}
