import type { Catalog } from './catalog.ts';
import type { Joins, LogFormat, Reading } from './format.ts';
import { compile } from './scan/compile.ts';
import { type ByteSet, firstBytesOf, setOf } from './scan/first-bytes.ts';
import type { Image } from './scan/program.ts';

/** A format as lines are read by it: what of a `LogFormat` is needed then, and its program. */
export interface CompiledFormat {
  readonly name: string;
  readonly title: string;
  readonly rank: number;
  readonly joins?: Joins;
  dataset?(source: string): string;
  read?(line: string): Reading | undefined;
  /** First step of its program; -1 for one that reads by itself. */
  readonly entry: number;
  /** The bytes with which its lines can begin. */
  readonly firstBytes: ByteSet;
}

/** All formats in the order in which they are tried, and their programs. */
export interface Compiled {
  readonly formats: readonly CompiledFormat[];
  readonly image: Image;
}

/** Compiles a catalog. Throws `TypeError` for a pattern that cannot be read in one go. */
export function compileCatalog({ formats, datasets }: Catalog): Compiled {
  const patterns = formats.flatMap((format) => ('pattern' in format ? [format.pattern] : []));
  const image = compile(patterns, datasets);
  let next = 0;
  return {
    formats: formats.map((format) => compiledFormat(format, 'pattern' in format ? (image.entries[next++] ?? -1) : -1)),
    image,
  };
}

function compiledFormat(format: LogFormat, entry: number): CompiledFormat {
  const { name, title, rank, joins } = format;
  const firstBytes = 'pattern' in format ? firstBytesOf(format.pattern) : setOf(format.begins);
  return { name, title, rank, entry, firstBytes, ...(joins !== undefined && { joins }), ...codeOf(format) };
}

/** The parts of a format that are functions. */
export function codeOf(format: LogFormat): Pick<CompiledFormat, 'dataset' | 'read'> {
  return {
    ...(format.dataset !== undefined && { dataset: (source: string) => format.dataset?.(source) ?? '' }),
    ...('read' in format && { read: (line: string) => format.read(line) }),
  };
}
