import type { FieldName } from './fields.ts';
import type { DatasetBySource, Holds, JoinRule, Joins, LogFormat, ReaderFormat, Shapes } from './format.ts';
import type { ByteSet } from './scan/first-bytes.ts';
import type { KernelImage } from './scan/kernel-image.ts';
import type { Image } from './scan/program.ts';

/** A format as lines are read by it: what of a `LogFormat` is needed then, and its program. */
export interface CompiledFormat {
  readonly name: string;
  readonly title: string;
  readonly rank: number;
  /** True when it may be tried first on the next line: no format of the user's stands before it. */
  readonly isSticky: boolean;
  /** `rule` for one with a rule of its own. */
  readonly joins?: readonly string[] | 'unread' | 'traces' | 'rule';
  readonly by?: readonly FieldName[];
  readonly continues?: string;
  readonly holds?: Holds;
  readonly dataset?: string | DatasetBySource;
  /** First step of its program; -1 for one that reads by code of its own. */
  readonly program: number;
  /** The same for the kernel: -1 also for one whose lines hold others, which the kernel does not look into. */
  readonly entry: number;
  /** First step of what its lines must match before the host is asked; -1 for nothing. */
  readonly guard: number;
  /** What its lines are, where the kernel learns to read them by their shapes. */
  readonly shapes?: Shapes;
  /** The bytes with which its lines can begin. */
  readonly firstBytes: ByteSet;
  /** What a line must have for it to be tried: scan/needs.ts. */
  readonly needs: Uint8Array;
}

/** What the formats do by code, by their names. */
export interface FormatCode {
  readonly code: ReadonlyMap<string, ReaderFormat['read']>;
  readonly rules: ReadonlyMap<string, JoinRule>;
}

/** What reading by code takes, besides the formats: the scanner's image, and the formats' own code. */
export interface ForScanner extends FormatCode {
  readonly image: Image;
}

/** All formats in the order in which they are tried, and their programs. */
export interface Compiled {
  readonly formats: readonly CompiledFormat[];
  /** Their programs as the kernel runs them. */
  kernelImage(): KernelImage;
  /** What the kernel does not need; loaded when it is asked for. */
  forScanner(): Promise<ForScanner>;
}

/** Tells a rule from other ways of joining. */
export function isRule(joins: Joins): joins is JoinRule {
  return typeof joins === 'function';
}

/** The formats' own code, by their names. */
export function codeOf(formats: readonly LogFormat[]): FormatCode {
  const code = new Map<string, ReaderFormat['read']>();
  const rules = new Map<string, JoinRule>();
  for (const format of formats) {
    if ('read' in format) code.set(format.name, (line, memory) => format.read(line, memory));
    if (format.joins !== undefined && isRule(format.joins)) rules.set(format.name, format.joins);
  }
  return { code, rules };
}

/** The dataset that a format's records of a source have, where the line does not tell it. */
export function datasetOf({ dataset }: CompiledFormat, source: string): string | undefined {
  if (dataset === undefined || typeof dataset === 'string') return dataset;
  const name = source.toLowerCase();
  return Object.entries(dataset).find(([word]) => name.includes(word))?.[1];
}
