/*
 * Translates scan programs into functions of the kernel: what each step does is then known when the kernel is built, and
 * not looked up for each line. A program is translated in stretches: parts that need the kernel's own loop, because they
 * call what is found only then, stay between them.
 */
import { type Image, operation as op } from '../src/parse/scan/program.ts';
import { type Attempt, type Part, ProgramTree } from './program-tree.ts';

/** What came of it. */
export interface Translation {
  /** The code, in which a step stands for each stretch. */
  readonly code: Int32Array;
  /** The module that takes the place of ../src/parse/kernel/translated.ts. */
  readonly source: string;
}

/** Translates the programs that start at these steps. */
export function translate(image: Image, starts: readonly number[]): Translation {
  const translator = new Translator(image);
  for (const start of starts) translator.program(start);
  return translator.translation();
}

/** Steps that read a text, of which the next step may be in need. */
const texts: ReadonlySet<number> = new Set([
  op.first,
  op.last,
  op.word,
  op.quote,
  op.rest,
  op.structured,
  op.stops,
  op.firstPast,
  op.lastPast,
  op.wordPast,
]);

class Translator {
  readonly #image: Image;
  readonly #tree: ProgramTree;
  readonly #code: Int32Array;
  /** The functions, by the steps that they start at. */
  readonly #functions = new Map<number, string>();
  readonly #stretches: number[] = [];

  constructor(image: Image) {
    this.#image = image;
    this.#tree = new ProgramTree(image);
    this.#code = Int32Array.from(image.code);
  }

  program(start: number): void {
    this.#sequence(this.#tree.partsFrom(start));
  }

  translation(): Translation {
    const cases = this.#stretches.map((start, number) => `    case ${number}:\n      return read${start}(start, end);\n`);
    const source = `${imports}export function translated(program: i32, start: i32, end: i32): i32 {
  switch (program) {\n${cases.join('')}  }\n  return -1;\n}\n${[...this.#functions.values()].join('')}`;
    return { code: this.#code, source };
  }

  #sequence(parts: readonly Part[]): void {
    let stretch: Part[] = [];
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1];
      // What is entered by the kernel's loop is also read by it.
      if (isWhole(part) && !(next?.kind === 'inside' && !isWhole(next))) stretch.push(part);
      else {
        this.#stretch(stretch);
        stretch = [];
        for (const inner of innerParts(part)) this.#sequence(inner);
      }
    }
    this.#stretch(stretch);
  }

  #stretch(parts: readonly Part[]): void {
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined || (parts.length === 1 && first.kind === 'step')) return;
    if (this.#code[first.at] === op.translated) return;
    this.#function(first.at, parts);
    this.#code.set([op.translated, this.#stretches.push(first.at) - 1, last.behind, 0], first.at);
  }

  #function(start: number, parts: readonly Part[]): void {
    if (this.#functions.has(start)) return;
    this.#functions.set(start, '');
    this.#functions.set(
      start,
      `
function read${start}(start: i32, end: i32): i32 {
  let at = start;
  let limit = end;
  let from = start;
  let to = start;
  do {
${this.#parts(parts)}    return at;
  } while (false);
  return -1;
}
`,
    );
  }

  #parts(parts: readonly Part[]): string {
    return parts.map((part) => this.#part(part)).join('');
  }

  /** Code that goes on behind it where the part matches, and breaks where it does not. */
  #part(part: Part): string {
    const { at } = part;
    switch (part.kind) {
      case 'step':
        return `${this.#step(at)}\n`;
      case 'inside':
        return `const limit${at} = limit; limit = to; at = from;\n${this.#parts(part.parts)}at = limit; limit = limit${at};\n`;
      case 'not':
        return `${this.#attempt(at, this.#parts(part.parts))}if (is${at}) break;\n${undo(at)}`;
      case 'either': {
        const guard = part.guard === undefined ? '' : `if (at >= limit || load<u8>(at) !== ${part.guard}) break;\n`;
        const first = this.#attempt(at, guard + this.#parts(part.first));
        return `${first}if (!is${at}) {\n${undo(at)}${this.#parts(part.second)}}\n`;
      }
      case 'unless':
        return `${this.#condition(at)} else {\n${this.#parts(part.second)}}\n`;
      case 'call':
        this.#function(part.start, part.parts);
        return `at = read${part.start}(at, limit); if (at < 0) break;\n`;
      case 'dispatch':
        return this.#dispatch(part);
      default:
        throw new TypeError(`step ${at} cannot be translated`);
    }
  }

  /** Code that leaves `is…` true where the inner code matches. */
  #attempt(at: number, inner: string): string {
    return `let is${at} = false; const at${at} = at; const limit${at} = limit; const trail${at} = trail();\ndo {\n${inner}is${at} = true;\n} while (false);\n`;
  }

  #condition(at: number): string {
    if (this.#tree.code(at) === op.ifEnd) return `if (at === limit) {}`;
    const [, place, length] = this.#numbers(at);
    return `if (${this.#isLiteral(place, length)}) { at += ${length}; }`;
  }

  #dispatch({ at, lists, alternatives }: Extract<Part, { kind: 'dispatch' }>): string {
    for (const [start, parts] of alternatives) this.#function(start, parts);
    const cases = lists.flatMap((list, index) =>
      list.length === 0 ? [] : [`case ${index}: {\n${list.map((attempt) => attemptOf(attempt, at)).join('')}break; }\n`],
    );
    return `let behind${at} = -1; const trail${at} = trail();\nswitch (<i32>load<u8>(classesAt + ${this.#tree.code(at + 1)} + (at < limit ? <i32>load<u8>(at) : 256))) {\n${cases.join('')}}\nif (behind${at} < 0) break;\nat = behind${at};\n`;
  }

  #numbers(at: number): readonly [kind: number, a: number, b: number, c: number] {
    return [0, 1, 2, 3].map((index) => this.#tree.code(at + index)) as [number, number, number, number];
  }

  #step(at: number): string {
    const [kind, a, b, c] = this.#numbers(at);
    if (texts.has(kind)) return this.#text(at);
    switch (kind) {
      case op.literal:
        return `if (!(${this.#isLiteral(a, b)})) break; at += ${b};`;
      case op.number:
        return `at = behindNumber(${a}, at, limit); if (at < 0) break;`;
      case op.stamp:
        return `at = readTime(${a}, at); if (at < 0 || at > limit || !holdTime()) break;`;
      case op.address:
        return `if (!holdAddress(from, to, ${a}, ${b})) break;`;
      case op.url:
        return 'holdUrlParts(from, to);';
      case op.lookup:
        return b === 1 ? `holdMeaning(${a}, from, to - from);` : `if (!holdMeaning(${a}, from, to - from)) break;`;
      case op.priority:
        return 'if (!holdPriority()) break;';
      case op.set:
        return `if (!hold(${a}, json, poolAt + ${b}, poolAt + ${b + c})) break;`;
      case op.end:
        return 'if (at !== limit) break;';
      case op.blanks:
        return 'at = endOfBlanks(at, limit);';
      case op.recall:
        return `recall(${a}, ${at});`;
      default:
        throw new TypeError(`operation ${kind} cannot be translated`);
    }
  }

  #text(at: number): string {
    const [kind, slot, place, length] = this.#numbers(at);
    const past = kind === op.wordPast ? 1 : kind === op.firstPast || kind === op.lastPast ? length : 0;
    const held = slot < 0 ? '' : ` if (!holdText(${slot}, from, to)) break;`;
    return `from = at; to = ${this.#end(kind, place, length)}${held} at = to${past === 0 ? '' : ` + ${past}`};`;
  }

  /** Finds the end of a text, and breaks where there is none. */
  #end(kind: number, place: number, length: number): string {
    const byte = this.#image.pool[place];
    switch (kind) {
      case op.first:
      case op.firstPast:
        return length === 1
          ? `firstByte(at, limit, ${byte}); if (to === limit) break;`
          : `firstPlace(at, limit, poolAt + ${place}, ${length}); if (to < 0) break;`;
      case op.last:
      case op.lastPast:
        return `lastPlace(at, limit, poolAt + ${place}, ${length}); if (to < 0) break;`;
      case op.word:
        return 'firstByte(at, limit, 0x20); if (to === at) break;';
      case op.wordPast:
        return 'firstByte(at, limit, 0x20); if (to === at || to === limit) break;';
      case op.quote:
        return 'closingQuote(at, limit); if (to < 0) break;';
      case op.structured:
        return 'endOfStructuredData(at, limit); if (to < 0) break;';
      case op.stops:
        return `firstOfAny(at, limit, poolAt + ${place}, ${length}); if (to === at) break;`;
      default:
        return 'limit;';
    }
  }

  /** Tells whether a literal stands at `at`, by numbers of the size of its pieces. */
  #isLiteral(place: number, length: number): string {
    const bytes = this.#image.pool.subarray(place, place + length);
    const pieces = [];
    for (let done = 0; done < length; ) {
      const size = [8, 4, 2, 1].find((fitting) => fitting <= length - done) ?? 1;
      const value = [...bytes.subarray(done, done + size)].reverse().map((byte) => byte.toString(16).padStart(2, '0'));
      pieces.push(`load<u${8 * size}>(at, ${done}) === 0x${value.join('')}`);
      done += size;
    }
    return `at + ${length} <= limit && ${pieces.join(' && ')}`;
  }
}

const undo = (at: number): string => `at = at${at}; limit = limit${at}; undo(trail${at});\n`;

function attemptOf({ start, grams }: Attempt, at: number): string {
  const condition = grams < 0 ? '' : `if (mayHoldOneOf(poolAt + ${grams})) `;
  return `${condition}{ behind${at} = read${start}(at, limit); if (behind${at} >= 0) break; undo(trail${at}); }\n`;
}

/** The sequences of parts that a part is made of. */
function innerParts(part: Part): readonly (readonly Part[])[] {
  switch (part.kind) {
    case 'either':
      return [part.first, part.second];
    case 'unless':
      return [part.second];
    case 'dispatch':
      return [...part.alternatives.values()];
    case 'inside':
    case 'not':
    case 'call':
      return [part.parts];
    default:
      return [];
  }
}

/** Tells whether all of a part can be translated. */
function isWhole(part: Part): boolean {
  return part.kind !== 'other' && innerParts(part).flat().every(isWhole);
}

/** Where the functions come from that the translation calls. */
const imports = `import { closingQuote, firstByte } from '../../io/kernel/bytes';
import { mayHoldOneOf } from './grams';
import { endOfBlanks, endOfStructuredData, firstOfAny, firstPlace, lastPlace } from './search';
import { recall } from './sessions';
import { classesAt, hold, holdText, holdTime, json, poolAt, trail, undo } from './state';
import { readTime } from './time';
import { behindNumber, holdAddress, holdMeaning, holdPriority, holdUrlParts } from './values';

`;
