import { levels } from '../../model/level.ts';
import { type FieldName, slotOf } from '../fields.ts';
import type { Constants, Element, Pattern, Reach } from '../pattern.ts';
import { stampShapes } from '../time/shapes.ts';
import { type Image, operation as op, type PooledConstant } from './program.ts';
import { sharedParts } from './shared-parts.ts';

/** What a dataset needs for being compiled: whose lines it reads, and how they are written. */
export interface MessagePatterns {
  readonly name: string;
  readonly programs: readonly string[];
  readonly messages: readonly Pattern[];
  readonly session?: FieldName;
}

/** Compiles formats and datasets into one image. Throws `TypeError` for a pattern that cannot be read in one go. */
export function compile(formats: readonly Pattern[], datasets: readonly MessagePatterns[]): Image {
  const compiler = new Compiler(sharedParts([...formats, ...datasets.flatMap(({ messages }) => messages)]));
  const entries = formats.map((format) => compiler.format(format));
  const starts = new Map<string, number>();
  for (const dataset of datasets.filter((one) => !isForAny(one))) {
    const start = compiler.dataset(dataset);
    for (const program of dataset.programs) starts.set(program, start);
  }
  const fallbacks = datasets.filter(isForAny).flatMap((dataset) => dataset.messages);
  const fallback = fallbacks.length === 0 ? -1 : compiler.fallback(fallbacks);
  const message = compiler.format([{ kind: 'dataset' }]);
  compiler.finish();
  return { ...compiler.image(), entries, datasets: starts, fallback, message };
}

/** The kernel marks the keys of a run in 32 bits. */
const maxKeys = 32;
/** For so many runs it has marks. */
const maxRuns = 1024;

function isForAny({ programs }: MessagePatterns): boolean {
  return programs.includes('*');
}

class Compiler {
  readonly #code: number[] = [];
  readonly #pool: number[] = [];
  readonly #pooled = new Map<string, number>();
  readonly #keys: ReadonlyMap<string, number>[] = [];
  readonly #tables: ReadonlyMap<string, readonly PooledConstant[]>[] = [];

  readonly #shared: ReadonlySet<object>;
  /** Shared parts that are to be compiled yet, and the places of the calls that lead to each. */
  readonly #calls = new Map<object, { readonly places: number[]; readonly body: () => void }>();

  constructor(shared: ReadonlySet<object>) {
    this.#shared = shared;
  }

  /** Compiles the shared parts; these may share others. */
  finish(): void {
    const starts: [places: readonly number[], start: number][] = [];
    for (const { places, body } of this.#calls.values()) {
      starts.push([places, this.#code.length]);
      body();
      this.#step(op.give);
    }
    // A part may be called by parts that are compiled after it, so places are filled in when all are.
    for (const [places, start] of starts) for (const place of places) this.#code[place] = start;
  }

  /** Compiles a part in its place, or a call of it when others have it too. */
  #part(part: object, body: () => void): void {
    if (!this.#shared.has(part)) {
      body();
      return;
    }
    const call = this.#calls.get(part) ?? { places: [], body };
    this.#calls.set(part, call);
    call.places.push(this.#step(op.call) + 1);
  }

  image(): Pick<Image, 'code' | 'pool' | 'tables' | 'keys' | 'levels' | 'truth'> {
    const names = levels.flatMap((level) => this.#constants({ 'log.level': level }));
    const [at, length] = this.#literal('true');
    return {
      code: Int32Array.from(this.#code),
      pool: Uint8Array.from(this.#pool),
      tables: this.#tables,
      keys: this.#keys,
      levels: names,
      truth: { slot: slotOf('source.derived'), at, length },
    };
  }

  format(pattern: Pattern): number {
    const start = this.#code.length;
    this.#sequence(pattern);
    this.#step(op.match);
    return start;
  }

  /** A dataset never fails: a message that it does not know is just a message. */
  dataset(dataset: MessagePatterns): number {
    const start = this.#code.length;
    this.#set({ 'log.dataset': dataset.name });
    this.#oneOf([...dataset.messages, 'fallback']);
    if (dataset.session !== undefined) this.#step(op.recall, slotOf(dataset.session));
    this.#step(op.give);
    return start;
  }

  fallback(messages: readonly Pattern[]): number {
    const start = this.#code.length;
    this.#oneOf([...messages, []]);
    this.#step(op.give);
    return start;
  }

  #step(operation: number, a = 0, b = 0, c = 0): number {
    const at = this.#code.length;
    this.#code.push(operation, a, b, c);
    return at;
  }

  #sequence(pattern: Pattern): void {
    pattern.forEach((element, index) => {
      this.#element(element, pattern[index + 1]);
    });
  }

  #element(element: Element, next: Element | undefined): void {
    switch (element.kind) {
      case 'literal':
        this.#step(op.literal, ...this.#literal(element.text));
        return;
      case 'text':
        this.#text(element.field, element.reach, next);
        if (element.inside !== undefined) this.#inside(element.inside);
        return;
      case 'stops':
        this.#step(op.stops, slotOf(element.field), ...this.#literal(element.stops));
        if (element.inside !== undefined) this.#inside(element.inside);
        return;
      case 'pairs':
        this.#part(element, () => this.#pairs(element.keys, element.parting));
        return;
      case 'number':
        this.#step(op.number, slotOf(element.field));
        return;
      case 'address':
        this.#text(undefined, element.reach, next);
        this.#step(op.address, slotOf(`${element.side}.ip`), element.isStrict ? -1 : slotOf(`${element.side}.domain`));
        return;
      case 'url':
        this.#text('url.original', element.reach, next);
        this.#step(op.url);
        return;
      case 'stamp':
        this.#step(op.stamp, stampShapes.indexOf(element.shape));
        return;
      case 'words':
        this.#text(undefined, element.reach, next);
        this.#step(op.lookup, this.#table(element.table.words), element.table.isOpen ? 1 : 0);
        return;
      case 'priority':
        this.#step(op.number, slotOf('log.syslog.priority'));
        this.#step(op.priority);
        return;
      case 'recall':
        this.#step(op.recall, slotOf(element.key));
        return;
      case 'oneOf':
        this.#part(element, () => this.#oneOf(element.patterns));
        return;
      case 'not':
        this.#not(element.pattern);
        return;
      case 'set':
        this.#set(element.constants);
        return;
      case 'dataset':
        this.#step(op.rest, slotOf('message'));
        this.#step(op.enter);
        this.#step(op.dataset);
        this.#step(op.leave);
        return;
      case 'end':
        this.#step(op.end);
        return;
      default:
        element satisfies never;
    }
  }

  #text(field: FieldName | undefined, reach: Reach, next: Element | undefined): void {
    const slot = slotOf(field);
    if (reach === 'word') this.#step(op.word, slot);
    else if (reach === 'quote') this.#step(op.quote, slot);
    else if (reach === 'blanks') this.#step(op.blanks);
    else if (reach === 'structured') this.#step(op.structured, slot);
    else if (reach === 'rest' || next === undefined) this.#step(op.rest, slot);
    else if (next.kind !== 'literal') throw new TypeError(`what follows ${field ?? 'skipped text'} must be literal text`);
    else this.#step(reach === 'first' ? op.first : op.last, slot, ...this.#literal(next.text));
  }

  #inside(pattern: Pattern): void {
    this.#step(op.enter);
    this.#part(pattern, () => this.#sequence(pattern));
    this.#step(op.leave);
  }

  #oneOf(patterns: readonly (Pattern | 'fallback')[]): void {
    const commits: number[] = [];
    patterns.forEach((pattern, index) => {
      const isLast = index === patterns.length - 1;
      const skips: number[] = [];
      const first = pattern === 'fallback' ? undefined : pattern[0];
      if (!isLast && first?.kind === 'literal') skips.push(this.#step(op.unlessByte, byteOf(first.text)) + 2);
      if (!isLast) skips.push(this.#step(op.choice) + 1);
      if (pattern === 'fallback') this.#step(op.fallback);
      else this.#sequence(pattern);
      if (!isLast) commits.push(this.#step(op.commit) + 1);
      for (const skip of skips) this.#code[skip] = this.#code.length;
    });
    for (const commit of commits) this.#code[commit] = this.#code.length;
  }

  /** The run's own step comes last, so that the values' programs can be jumped over. */
  #pairs(keys: ReadonlyMap<string, Pattern>, parting: string): void {
    if (keys.size > maxKeys) throw new TypeError(`a run of pairs has more than ${maxKeys} keys`);
    const skip = this.#step(op.goTo) + 1;
    const starts = new Map<string, number>();
    for (const [key, pattern] of keys) {
      starts.set(key, this.#code.length);
      this.#sequence(pattern);
      this.#step(op.endPair);
    }
    this.#code[skip] = this.#code.length;
    if (this.#keys.length >= maxRuns) throw new TypeError(`there are more than ${maxRuns} runs of pairs`);
    this.#keys.push(starts);
    this.#step(op.pairs, this.#keys.length - 1, byteOf(parting));
  }

  #not(pattern: Pattern): void {
    const choice = this.#step(op.choice);
    this.#sequence(pattern);
    this.#step(op.failTwice);
    this.#code[choice + 1] = this.#code.length;
  }

  #set(constants: Constants): void {
    for (const { slot, at, length } of this.#constants(constants)) this.#step(op.set, slot, at, length);
  }

  #constants(constants: Constants): PooledConstant[] {
    return Object.entries(constants).map(([field, value]) => {
      const [at, length] = this.#literal(JSON.stringify(value));
      // Constants are keyed by field names, but Object.entries forgets it.
      return { slot: slotOf(field as FieldName), at, length };
    });
  }

  #table(words: ReadonlyMap<string, Constants>): number {
    this.#tables.push(new Map([...words].map(([word, constants]) => [word, this.#constants(constants)])));
    return this.#tables.length - 1;
  }

  #literal(text: string): [at: number, length: number] {
    const bytes = Buffer.from(text, 'utf8');
    let at = this.#pooled.get(text);
    if (at === undefined) {
      at = this.#pool.length;
      this.#pool.push(...bytes);
      this.#pooled.set(text, at);
    }
    return [at, bytes.length];
  }
}

function byteOf(text: string): number {
  return Buffer.from(text, 'utf8')[0] ?? 0;
}
