import type { Element, Pattern } from '../pattern.ts';

/**
 * The parts that stand in more than one place: they are compiled once and called. The same part is the same object, as
 * formats share pieces by importing them.
 */
export function sharedParts(patterns: readonly Pattern[]): ReadonlySet<object> {
  const seen = new Set<object>();
  const shared = new Set<object>();
  const visit = (part: object, insides: readonly Pattern[]): void => {
    if (seen.has(part)) shared.add(part);
    else {
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
