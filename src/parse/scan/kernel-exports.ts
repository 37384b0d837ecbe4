import type { ContainedExports } from './contained.ts';
import type { ScanExports } from './kernel-scanner.ts';
import type { PlanExports } from './plans.ts';
import type { UnwrapExports } from './unwrapper.ts';

/** What the WebAssembly module exports; the names are those of ../kernel/index.ts. */
export interface KernelExports extends ContainedExports, PlanExports, ScanExports, UnwrapExports {
  readonly memory: WebAssembly.Memory;
  readonly outAt: WebAssembly.Global<'i32'>;
  readonly lastOut: WebAssembly.Global<'i32'>;
  readonly lastLine: WebAssembly.Global<'i32'>;
  readonly lastBlanks: WebAssembly.Global<'i32'>;
  readonly records: WebAssembly.Global<'i32'>;
  readonly blanks: WebAssembly.Global<'i32'>;
  readonly reason: WebAssembly.Global<'i32'>;
  /** Candidates by number: the one tried first, and the one that took the last line; -1 for none. */
  readonly last: WebAssembly.Global<'i32'>;
  readonly taken: WebAssembly.Global<'i32'>;
  freeAt(): number;
  setUp(at: number): void;
  setCountSource(source: number): void;
  forgetRows(): void;
  uncountRecord(): void;
  forgetTime(): void;
  setEscapes(has: number): void;
  setCandidates(at: number, count: number): void;
  /** What the last record counts for, and where its line begins in it. */
  readonly notedRow: WebAssembly.Global<'i32'>;
  readonly notedMarks: WebAssembly.Global<'i32'>;
  readonly fieldsTo: WebAssembly.Global<'i32'>;
  parseOne(from: number, to: number, base: number, offset: number, maxLine: number, outEnd: number): number;
  parse(from: number, to: number, base: number, offset: number, maxLine: number, outEnd: number): number;
}
