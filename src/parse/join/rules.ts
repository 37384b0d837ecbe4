import type { CompiledFormat } from '../compiled.ts';
import { headlessRank, type JoinRule } from '../format.ts';
import { JsonDepth } from './json-depth.ts';
import { type TraceLine, traceLineOf } from './trace-lines.ts';

/** Whether a line goes on with an entry: `unread` means only if no format finds a head in it. */
export type Answer = 'yes' | 'no' | 'unread';

/** How one entry goes on. */
export interface EntryRule {
  /** Tells of the next line whether it belongs to the entry, and goes on from there if it does. */
  ask(line: string): Answer;
  /** The bytes with which lines that belong to it begin; undefined where they may begin with any. */
  readonly firstBytes?: ReadonlySet<number>;
  /** True when nothing more can belong to it. */
  readonly isDone: boolean;
}

/** What rules are made of, besides a format. */
export interface RuleParts {
  /** The rules of formats that have their own, by their names. */
  readonly rules: ReadonlyMap<string, JoinRule>;
  /** Tells whether a format reads a line. */
  readonly reads: (format: CompiledFormat, line: string) => boolean;
}

/** The first line of an entry, or what it carries. */
export interface FirstLine {
  readonly text: () => string;
  /** What has read it. */
  readonly format: CompiledFormat | undefined;
  /** True where it says that nothing is wrong: an error that stands behind it is another's. */
  readonly isCalm: boolean;
}

/** The rule by which an entry goes on; undefined for one that does not. */
export function ruleFor({ text: first, format, isCalm }: FirstLine, parts: RuleParts): EntryRule | undefined {
  const joins = format?.joins;
  if (format === undefined || format.rank <= headlessRank) return headlessRule(first());
  if (joins === undefined) return undefined;
  if (joins === 'traces') return new TraceRule(undefined, isCalm, (line) => parts.reads(format, line));
  if (joins === 'unread') return simple((line) => !parts.reads(format, line));
  if (joins !== 'rule') return startsRule(joins);
  const takes = parts.rules.get(format.name)?.(first());
  return takes === undefined ? undefined : simple(takes);
}

function headlessRule(first: string): EntryRule | undefined {
  if (JsonDepth.isOpen(first)) return new JsonRule(first);
  const line = traceLineOf(first);
  if (line === 'place') return new UncaughtRule();
  return line === 'start' || line === 'error' ? new TraceRule(line, false, () => false) : undefined;
}

/** The rules of lists, which are the same for all entries. */
const startsRules = new Map<readonly string[], EntryRule>();

function startsRule(starts: readonly string[]): EntryRule {
  const known = startsRules.get(starts);
  if (known !== undefined) return known;
  const firstBytes = new Set(starts.map((start) => Buffer.from(start)[0] ?? 0));
  const rule = { ...simple((line) => starts.some((start) => line.startsWith(start))), firstBytes };
  startsRules.set(starts, rule);
  return rule;
}

function simple(takes: (line: string) => boolean): EntryRule {
  return { ask: (line) => (takes(line) ? 'yes' : 'no'), isDone: false };
}

/** The object or list that JSON writes over lines: all but its first are indented, or close something. */
class JsonRule implements EntryRule {
  readonly #depth: JsonDepth;

  constructor(first: string) {
    this.#depth = new JsonDepth();
    this.#depth.add(first);
  }

  get isDone(): boolean {
    return this.#depth.depth <= 0;
  }

  ask(line: string): Answer {
    if (this.isDone || !/^[ \t}\]]/.test(line)) return 'no';
    this.#depth.add(line);
    return 'yes';
  }
}

/** A stack trace behind an entry, or one that stands alone. */
class TraceRule implements EntryRule {
  readonly isDone = false;
  /** Undefined for the line with a head, with which it began. */
  #last: TraceLine | undefined;

  readonly #isCalm: boolean;
  /** Tells whether a line has a head as its first one has. */
  readonly #hasHead: (line: string) => boolean;
  /** True once it has said which error it is about. */
  #isNamed: boolean;

  /** `first` is undefined where the entry has a head. */
  constructor(first: TraceLine | undefined, isCalm: boolean, hasHead: (line: string) => boolean) {
    this.#last = first;
    this.#isCalm = isCalm;
    this.#hasHead = hasHead;
    this.#isNamed = first === 'error';
  }

  ask(line: string): Answer {
    const next = traceLineOf(line);
    const answer = next === undefined ? 'no' : this.#answer(next);
    // `panic: ` starts a trace, and may be a level.
    if (answer === 'no' || (next === 'start' && this.#hasHead(line))) return 'no';
    this.#last = next;
    if (next === 'error' || next === 'start') this.#isNamed = next === 'error';
    return answer;
  }

  #answer(next: TraceLine): Answer {
    const last = this.#last;
    switch (next) {
      case 'frame':
      case 'cause':
        return 'yes';
      case 'start':
        return (last === undefined && !this.#isCalm) || last === 'cause' ? 'yes' : 'no';
      case 'error':
        return this.#isNamed || (last === undefined && this.#isCalm) ? 'no' : 'unread';
      case 'place':
        return 'no';
      case 'call':
        return last === 'frame' || last === 'indented' ? 'unread' : 'no';
      case 'indented':
        return 'unread';
      default:
        return next satisfies never;
    }
  }
}

/** What Node says of a thrown thing: of which kind it is, or where it went. */
const thrown =
  /^(?:Uncaught )?\[?[\w$.]{0,100}(?:Error|Exception|Rejection)\b|^(?:Emitted 'error' event|Thrown at:|\(Use `node |\}$)/;
const column = /^[ \t]*\^+$/;
const version = /^Node\.js v\d/;

/**
 * What Node prints of an error that nobody has caught: the place, the line of the program, a mark under it, the error with its
 * trace, and Node's version. Source: Node.js, src/node_errors.cc.
 */
class UncaughtRule implements EntryRule {
  #isDone = false;
  /** What the last line was. */
  #last: 'place' | 'program' | 'column' | 'error' = 'place';

  get isDone(): boolean {
    return this.#isDone;
  }

  ask(line: string): Answer {
    // What carries each line by itself has blank ones too.
    if (line.trim() === '') return this.#last === 'column' || this.#last === 'error' ? 'yes' : 'no';
    switch (this.#last) {
      case 'place':
        this.#last = 'program';
        return 'unread';
      case 'program':
        if (!column.test(line)) return 'no';
        this.#last = 'column';
        return 'yes';
      case 'column':
        this.#last = 'error';
        // Anything may be thrown.
        return thrown.test(line) ? 'yes' : 'unread';
      case 'error':
        this.#isDone = version.test(line);
        if (this.#isDone || thrown.test(line)) return 'yes';
        return /^(?:[ \t]|at )/.test(line) ? 'yes' : 'no';
      default:
        return this.#last satisfies never;
    }
  }
}
