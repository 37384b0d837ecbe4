import { Readable } from 'node:stream';
import ndjson from 'ndjson';
import { printableJson } from '../../io/printable.ts';
import type { Renderer } from '../renderer.ts';

/** The findings as they are on the wire, one a line, worst first. */
const json: Renderer = {
  isGrouped: false,
  defaultLimit: undefined,
  async *render(digest) {
    for await (const line of Readable.from(digest.findings).pipe(ndjson.stringify())) {
      yield `${printableJson(String(line).trimEnd())}\n`;
    }
  },
};

export default json;
