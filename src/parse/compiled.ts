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
  /** True when a format of the user's stands before it: then it is not tried first, though it took the line before. */
  readonly yields?: boolean;
  readonly joins?: Joins;
  dataset?(source: string): string;
  read?(line: string): Reading | undefined;
  /** First step of its program; -1 for one that reads by itself. */
  readonly entry: number;
  /** First step of what its lines must match before `read` is asked; -1 for nothing. */
  readonly guard: number;
  /** The bytes with which its lines can begin. */
  readonly firstBytes: ByteSet;
}

/** All formats in the order in which they are tried, and their programs. */
export interface Compiled {
  readonly formats: readonly CompiledFormat[];
  readonly image: Image;
}

/** Compiles a catalog. Throws `TypeError` for a pattern that cannot be read in one go. */
export function compileCatalog({ formats, datasets, own = [] }: Catalog): Compiled {
  const patterns = formats.map((format) => ('pattern' in format ? format.pattern : (format.guard ?? [])));
  const image = compile(patterns, datasets);
  const firstOwn = formats.findIndex((format) => own.includes(format));
  const compiled = formats.map((format, index) => ({
    ...compiledFormat(format, image.entries[index] ?? -1),
    ...(firstOwn >= 0 && index > firstOwn && !own.includes(format) && { yields: true }),
  }));
  return { formats: compiled, image };
}

function compiledFormat(format: LogFormat, start: number): CompiledFormat {
  const { name, title, rank, joins } = format;
  const firstBytes = 'pattern' in format ? firstBytesOf(format.pattern) : setOf(format.begins);
  const [entry, guard] = 'pattern' in format ? [start, -1] : [-1, format.guard === undefined ? -1 : start];
  return { name, title, rank, entry, guard, firstBytes, ...(joins !== undefined && { joins }), ...codeOf(format) };
}

/** The parts of a format that are functions. */
export function codeOf(format: LogFormat): Pick<CompiledFormat, 'dataset' | 'read'> {
  return {
    ...(format.dataset !== undefined && { dataset: (source: string) => format.dataset?.(source) ?? '' }),
    ...('read' in format && { read: (line: string) => format.read(line) }),
  };
}
