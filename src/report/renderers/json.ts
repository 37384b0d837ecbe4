import { Readable } from 'node:stream';
import ndjson from 'ndjson';
import { printable } from '../../io/printable.ts';
import type { Renderer } from '../renderer.ts';

/** The findings as they are on the wire, one a line, worst first. */
const json: Renderer = {
  isGrouped: false,
  defaultLimit: undefined,
  async *render(digest) {
    for await (const line of Readable.from(digest.findings).pipe(ndjson.stringify())) yield harmless(String(line).trimEnd());
  },
};

/** The same JSON, in which no character is left that a terminal would obey: JSON itself lets most of them through. */
function harmless(line: string): string {
  return `${line.replace(/[^\x20-\x7e]/gu, (character) => (printable(character) === character ? character : escaped(character)))}\n`;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  );
}

export default json;
