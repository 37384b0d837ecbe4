import type { LinearMemory } from '../../io/linear-memory.ts';
import { levelCode, type levels, levelWords } from '../../model/level.ts';
import type { Shapes } from '../format.ts';
import { type StampShape, stampShapes } from '../time/shapes.ts';
import { putWords } from './words.ts';

/*
 * The plans by which the kernel reads objects in JSON, pairs and columns. A shape that it has not met before is told to the host,
 * which makes the plan for it.
 */

/** What the kernel has for this; the names are those of ../kernel/index.ts. */
export interface PlanExports {
  readonly shapeAt: WebAssembly.Global<'i32'>;
  readonly unknownShape: WebAssembly.Global<'i32'>;
  setPlans(table: number, program: number): void;
  setPlanWords(levels: number, letters: number, transports: number): void;
  setPlanRequests(methods: number, access: number, length: number): void;
  setPlanShapes(epoch: number, iso: number, anyWithTail: number, any: number): void;
  setColumns(at: number, iso: number): void;
  setHeader(length: number): void;
  addPlan(row: number, plan: number, shape: number): void;
}

/** The numbers by which the kernel knows what plans read. */
export const shapeNumbers = { objects: 1, pairs: 2, journal: 3, columns: 4, docker: 5, cri: 6 } as const satisfies Readonly<
  Record<Shapes, number>
>;

/** Makes the plan for a shape, behind the number of what it reads; undefined where the host has to read its lines. */
export type Planner = (shape: string) => readonly number[] | undefined;

/** The words that plans need. */
export interface PlanWords {
  readonly letters: ReadonlyMap<string, (typeof levels)[number]>;
  readonly methods: readonly string[];
  readonly transports: readonly string[];
}

const buckets = 256;
/** Room for shapes and their plans: about a thousand. */
const roomBytes = 512 * 1024;

/** What plans, the words in them and all else here take of the kernel's memory. */
export const plansBytes = roomBytes + 64 * 1024;

/** The longest header that is kept, in bytes: longer ones have more columns than the kernel takes. */
const maxHeader = 4096;

/** Attempts to make a plan, so that lines of ever new shapes do not cost more than others for ever. */
const maxPlans = 4_096;

/** The kernel's plans. */
export class Plans {
  readonly #exports: PlanExports;
  readonly #memory: LinearMemory;
  readonly #planner: Planner;
  readonly #tableAt: number;
  readonly #roomAt: number;
  #next: number;
  #made = 0;
  readonly #headerAt: number;
  #header: string | undefined;

  /** `memory` has `plansBytes`; `program` is the first step of what reads a message alone. */
  constructor(exports: PlanExports, memory: LinearMemory, program: number, { planner, words }: PlanParts) {
    this.#exports = exports;
    this.#memory = memory;
    this.#planner = planner;
    this.#tableAt = memory.take(4 * buckets);
    this.#roomAt = memory.take(roomBytes);
    this.#next = this.#roomAt;
    const access = Buffer.from('"web.access"');
    exports.setPlans(this.#tableAt, program);
    exports.setPlanWords(
      putWords(
        memory,
        levelWords().map(([word, level]) => [word, levelCode(level), 0]),
      ),
      putWords(
        memory,
        [...words.letters].map(([letter, level]) => [letter, levelCode(level), 0]),
      ),
      putWords(
        memory,
        words.transports.map((word) => [word, memory.put(Buffer.from(JSON.stringify(word))), word.length + 2]),
      ),
    );
    const methods = words.methods.map((word) => [word, 0, 0] as const);
    exports.setPlanRequests(putWords(memory, methods), memory.put(access), access.length);
    const [epoch = -1, iso = -1, tail = -1, any = -1] = planShapes.map((shape) => stampShapes.indexOf(shape));
    exports.setPlanShapes(epoch, iso, tail, any);
    this.#headerAt = memory.take(maxHeader);
    exports.setColumns(this.#headerAt, iso);
  }

  /** Says what columns the lines have that follow, as the header of their source tells; undefined where there was none. */
  setHeader(header: string | undefined): void {
    if (header === this.#header) return;
    this.#header = header;
    const bytes = Buffer.from(header ?? '');
    const isKept = bytes.length <= maxHeader;
    if (isKept) this.#memory.bytes.set(bytes, this.#headerAt);
    this.#exports.setHeader(isKept ? bytes.length : 0);
  }

  /** Makes the plan for the shape that the kernel has met last, if it has none. */
  learn(): void {
    const length = this.#exports.unknownShape.value;
    if (length === 0 || this.#made >= maxPlans) return;
    this.#made++;
    const at = this.#exports.shapeAt.value;
    const plan = this.#planner(Buffer.from(this.#memory.bytes.subarray(at, at + length)).toString('utf8'));
    const needed = 64 + 4 * (plan?.length ?? 0) + length + 64;
    if (this.#next + needed > this.#roomAt + roomBytes) this.#forget();
    const row = this.#place(20);
    const planAt = plan === undefined ? 0 : this.#place(4 * plan.length);
    if (plan !== undefined) this.#memory.ints.set(plan, planAt >> 2);
    this.#exports.addPlan(row, planAt, this.#place(length + 16));
  }

  #place(length: number): number {
    const at = this.#next;
    this.#next = (at + length + 15) & ~15;
    return at;
  }

  #forget(): void {
    this.#memory.bytes.fill(0, this.#tableAt, this.#tableAt + 4 * buckets);
    this.#next = this.#roomAt;
  }
}

/** What plans are made with. */
export interface PlanParts {
  readonly planner: Planner;
  readonly words: PlanWords;
}

const planShapes: readonly StampShape[] = ['epoch', 'iso', 'anyWithTail', 'any'];
