import type { Catalog } from './catalog.ts';
import { type DatasetBySource, generalRank, type Holds, type Joins, type LogFormat, type ReaderFormat } from './format.ts';
import { compile } from './scan/compile.ts';
import { type ByteSet, firstBytesOf, setOf } from './scan/first-bytes.ts';
import { type KernelImage, kernelImage } from './scan/kernel-image.ts';
import type { Image } from './scan/program.ts';

/** A format as lines are read by it: what of a `LogFormat` is needed then, and its program. */
export interface CompiledFormat {
  readonly name: string;
  readonly title: string;
  readonly rank: number;
  /** True when it may be tried first on the next line: no format of the user's stands before it. */
  readonly isSticky: boolean;
  readonly joins?: Joins;
  readonly holds?: Holds;
  readonly dataset?: string | DatasetBySource;
  /** First step of its program; -1 for one that reads by code of its own. */
  readonly program: number;
  /** The same for the kernel: -1 also for one whose lines hold others, which the kernel does not look into. */
  readonly entry: number;
  /** First step of what its lines must match before the host is asked; -1 for nothing. */
  readonly guard: number;
  /** The bytes with which its lines can begin. */
  readonly firstBytes: ByteSet;
}

/** What reading by code takes, besides the formats: the scanner's image, and the formats' own code by their names. */
export interface ForScanner {
  readonly image: Image;
  readonly code: ReadonlyMap<string, ReaderFormat['read']>;
}

/** All formats in the order in which they are tried, and their programs. */
export interface Compiled {
  readonly formats: readonly CompiledFormat[];
  /** Their programs as the kernel runs them. */
  kernelImage(): KernelImage;
  /** What the kernel does not need; loaded when it is asked for. */
  forScanner(): Promise<ForScanner>;
}

/** Compiles a catalog. Throws `TypeError` for a pattern that cannot be read in one go. */
export function compileCatalog({ formats, datasets, own = [] }: Catalog): Compiled {
  const patterns = formats.map((format) => ('pattern' in format ? format.pattern : (format.guard ?? [])));
  const image = compile(patterns, datasets);
  const firstOwn = formats.findIndex((format) => own.includes(format));
  const yields = (format: LogFormat, index: number): boolean => firstOwn >= 0 && index > firstOwn && !own.includes(format);
  const compiled = formats.map((format, index) => ({
    ...compiledFormat(format, image.entries[index] ?? -1),
    isSticky: format.rank > generalRank && !yields(format, index),
  }));
  const forScanner = { image, code: codeOf(formats) };
  let forKernel: KernelImage | undefined;
  return {
    formats: compiled,
    kernelImage: () => {
      forKernel ??= kernelImage(image);
      return forKernel;
    },
    forScanner: async () => forScanner,
  };
}

function compiledFormat(format: LogFormat, start: number): Omit<CompiledFormat, 'isSticky'> {
  const { name, title, rank, joins, holds, dataset } = format;
  const firstBytes = 'pattern' in format ? firstBytesOf(format.pattern) : setOf(format.begins);
  const program = 'pattern' in format ? start : -1;
  const isForKernel = program >= 0 && holds !== 'lines';
  const guard = 'read' in format && format.guard === undefined ? -1 : isForKernel ? -1 : start;
  const given = {
    ...(joins !== undefined && { joins }),
    ...(holds !== undefined && { holds }),
    ...(dataset !== undefined && { dataset }),
  };
  return { name, title, rank, program, entry: isForKernel ? program : -1, guard, firstBytes, ...given };
}

/** The formats' own code, by their names. */
export function codeOf(formats: readonly LogFormat[]): ForScanner['code'] {
  return new Map(
    formats.flatMap((format) => ('read' in format ? [[format.name, (line: string) => format.read(line)] as const] : [])),
  );
}

/** The dataset that a format's records of a source have, where the line does not tell it. */
export function datasetOf({ dataset }: CompiledFormat, source: string): string | undefined {
  if (dataset === undefined || typeof dataset === 'string') return dataset;
  const name = source.toLowerCase();
  return Object.entries(dataset).find(([word]) => name.includes(word))?.[1];
}
