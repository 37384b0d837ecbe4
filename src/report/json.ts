import { printable } from '../io/printable.ts';

/** The same JSON, in which no character is left that a terminal would obey: JSON itself lets most of them through. */
export function harmlessJson(line: string): string {
  return line.replace(/[^\x20-\x7e]/gu, (character) => (printable(character) === character ? character : escaped(character)));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
