import { type FieldName, slotOf } from '../fields.ts';
import type { Constants, Element, Pattern, Reach } from '../pattern.ts';
import { stampShapes } from '../time/shapes.ts';
import { alternativesOf } from './alternatives.ts';
import { type Assembled, Assembler } from './assembler.ts';
import { gramsOf } from './grams.ts';
import { type Image, operation as op, stepSize } from './program.ts';
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
  const grams = formats.map((format) => compiler.grams(format));
  const starts = new Map<string, number>();
  for (const dataset of datasets.filter((one) => !isForAny(one))) {
    const start = compiler.dataset(dataset);
    for (const program of dataset.programs) starts.set(program, start);
  }
  const fallbacks = datasets.filter(isForAny).flatMap((dataset) => dataset.messages);
  const fallback = fallbacks.length === 0 ? -1 : compiler.fallback(fallbacks);
  const message = compiler.format([{ kind: 'dataset' }]);
  compiler.finish();
  return { ...compiler.image(), entries, grams, datasets: starts, fallback, message };
}

/** From so many alternatives on, a look at the next byte costs less than to try them in turn. */
const manyAlternatives = 4;

/** So many attempts must be spared for it to be worth to note the grams of a line. */
const manyGrams = 8;

const isForAny = ({ programs }: MessagePatterns): boolean => programs.includes('*');

class Compiler {
  readonly #out = new Assembler();
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
      starts.push([places, this.#out.next]);
      body();
      this.#out.step(op.give);
    }
    // A part may be called by parts that are compiled after it, so places are filled in when all are.
    for (const [places, start] of starts) for (const place of places) this.#out.patch(place, start);
  }

  /** Compiles a part in its place, or a call of it when others have it too. */
  #part(part: object, body: () => void): void {
    if (!this.#shared.has(part)) {
      body();
      return;
    }
    const call = this.#calls.get(part) ?? { places: [], body };
    this.#calls.set(part, call);
    call.places.push(this.#out.step(op.call) + 1);
  }

  image(): Assembled {
    return this.#out.image();
  }

  format(pattern: Pattern): number {
    const start = this.#out.next;
    this.#sequence(pattern);
    this.#out.step(op.match);
    return start;
  }

  /** A dataset never fails: a message that it does not know is just a message. */
  dataset(dataset: MessagePatterns): number {
    const start = this.#out.next;
    this.#set({ 'log.dataset': dataset.name });
    this.#oneOf([...dataset.messages, 'fallback']);
    if (dataset.session !== undefined) this.#out.step(op.recall, slotOf(dataset.session));
    this.#out.step(op.give);
    return start;
  }

  fallback(messages: readonly Pattern[]): number {
    const start = this.#out.next;
    this.#oneOf([...messages, []]);
    this.#out.step(op.give);
    return start;
  }

  #sequence(pattern: Pattern): void {
    for (let index = 0; index < pattern.length; index++) {
      const element = pattern[index];
      // A text that ends at the literal behind it is read together with it.
      if (element !== undefined && this.#element(element, pattern[index + 1])) index++;
    }
  }

  /** Compiles an element; true when the next one is compiled with it. */
  #element(element: Element, next: Element | undefined): boolean {
    switch (element.kind) {
      case 'literal':
        this.#out.step(op.literal, ...this.#out.literal(element.text));
        break;
      case 'text':
        if (element.inside === undefined) return this.#text(element.field, element.reach, next);
        this.#text(element.field, element.reach, next, false);
        this.#inside(element.inside);
        break;
      case 'stops':
        this.#out.step(op.stops, slotOf(element.field), ...this.#out.literal(element.stops));
        if (element.inside !== undefined) this.#inside(element.inside);
        break;
      case 'pairs':
        this.#part(element, () => this.#pairs(element.keys, element.parting));
        break;
      case 'number':
        this.#out.step(op.number, slotOf(element.field));
        break;
      case 'address': {
        const isWithNext = this.#text(undefined, element.reach, next);
        this.#out.step(op.address, slotOf(`${element.side}.ip`), element.isStrict ? -1 : slotOf(`${element.side}.domain`));
        return isWithNext;
      }
      case 'url': {
        const isWithNext = this.#text('url.original', element.reach, next);
        this.#out.step(op.url);
        return isWithNext;
      }
      case 'stamp':
        this.#out.step(op.stamp, stampShapes.indexOf(element.shape));
        break;
      case 'words': {
        const isWithNext = this.#text(undefined, element.reach, next);
        this.#out.step(op.lookup, this.#out.table(element.table.words), element.table.isOpen ? 1 : 0);
        return isWithNext;
      }
      case 'priority':
        this.#out.step(op.number, slotOf('log.syslog.priority'));
        this.#out.step(op.priority);
        break;
      case 'recall':
        this.#out.step(op.recall, slotOf(element.key));
        break;
      case 'oneOf':
        this.#part(element, () => this.#oneOf(element.patterns));
        break;
      case 'not':
        this.#not(element.pattern);
        break;
      case 'set':
        this.#set(element.constants);
        break;
      case 'dataset':
        this.#out.step(op.rest, slotOf('message'));
        this.#out.step(op.enter);
        this.#out.step(op.dataset);
        this.#out.step(op.leave);
        break;
      case 'end':
        this.#out.step(op.end);
        break;
      default:
        element satisfies never;
    }
    return false;
  }

  /** Compiles the reading of a text; true when the literal behind it, which tells where it ends, is read with it. */
  #text(field: FieldName | undefined, reach: Reach, next: Element | undefined, mayPass = true): boolean {
    const slot = slotOf(field);
    const literal = next?.kind === 'literal' ? next.text : undefined;
    const isPassed = mayPass && literal !== undefined;
    if (reach === 'word') this.#out.step(isPassed && literal === ' ' ? op.wordPast : op.word, slot);
    else if (reach === 'quote') this.#out.step(op.quote, slot);
    else if (reach === 'blanks') this.#out.step(op.blanks);
    else if (reach === 'structured') this.#out.step(op.structured, slot);
    else if (reach === 'rest' || next === undefined) this.#out.step(op.rest, slot);
    else if (literal === undefined) throw new TypeError(`what follows ${field ?? 'skipped text'} must be literal text`);
    else {
      const [near, far] = isPassed ? [op.firstPast, op.lastPast] : [op.first, op.last];
      this.#out.step(reach === 'first' ? near : far, slot, ...this.#out.literal(literal));
      return isPassed;
    }
    return reach === 'word' && isPassed && literal === ' ';
  }

  #inside(pattern: Pattern): void {
    this.#out.step(op.enter);
    this.#part(pattern, () => this.#sequence(pattern));
    this.#out.step(op.leave);
  }

  #oneOf(patterns: readonly (Pattern | 'fallback')[]): void {
    if (patterns.length >= manyAlternatives) {
      this.#dispatch(patterns);
      return;
    }
    const ends: number[] = [];
    patterns.forEach((pattern, index) => {
      const isLast = index === patterns.length - 1;
      const whole = pattern === 'fallback' || pattern.length !== 1 || isLast ? undefined : this.#taken(pattern[0]);
      if (whole !== undefined) {
        ends.push(whole);
        return;
      }
      const skips: number[] = [];
      const first = pattern === 'fallback' ? undefined : pattern[0];
      if (!isLast && first?.kind === 'literal') skips.push(this.#out.step(op.unlessByte, byteOf(first.text)) + 2);
      if (!isLast) skips.push(this.#out.step(op.choice) + 1);
      if (pattern === 'fallback') this.#out.step(op.fallback);
      else this.#sequence(pattern);
      if (!isLast) ends.push(this.#out.step(op.commit) + 1);
      for (const skip of skips) this.#out.patch(skip, this.#out.next);
    });
    for (const end of ends) this.#out.patch(end, this.#out.next);
  }

  /** An alternative that is but a literal or the end leaves nothing to go back to: gives where its next step is filled in. */
  #taken(element: Element | undefined): number | undefined {
    if (element?.kind === 'end') return this.#out.step(op.ifEnd) + 1;
    return element?.kind === 'literal' ? this.#out.step(op.ifLiteral, ...this.#out.literal(element.text)) + 3 : undefined;
  }

  /** Of many alternatives only those are tried that can begin with the byte that stands there. */
  #dispatch(patterns: readonly (Pattern | 'fallback')[]): void {
    const { classes, lists } = alternativesOf(patterns.map((pattern) => (pattern === 'fallback' ? undefined : pattern)));
    // The alternatives may hold dispatches of their own.
    const targets = this.#out.targets(lists.length);
    this.#out.step(op.dispatch, this.#out.classes(classes), targets);
    const ends: number[] = [];
    const starts = patterns.map((pattern) => {
      const start = this.#out.next;
      if (pattern === 'fallback') this.#out.step(op.fallback);
      else this.#sequence(pattern);
      ends.push(this.#out.step(op.commit) + 1);
      return start;
    });
    // One that begins with a literal says itself at once that it does not match.
    const grams = patterns.map((pattern) =>
      pattern === 'fallback' || pattern[0]?.kind === 'literal' ? -1 : this.grams(pattern),
    );
    const areMany = (list: readonly number[]): boolean => list.filter((index) => (grams[index] ?? -1) >= 0).length >= manyGrams;
    const failing = this.#out.step(op.fail);
    for (const [number, list] of lists.entries()) {
      this.#out.aim(targets + number, list.length === 0 ? failing : this.#out.next);
      const hasGrams = areMany(list);
      for (const [place, index] of list.entries()) {
        const next = place === list.length - 1 ? failing : this.#out.next + stepSize;
        this.#out.step(op.attempt, starts[index], next, hasGrams ? grams[index] : -1);
      }
    }
    for (const end of ends) this.#out.patch(end, this.#out.next);
  }

  /** Where the grams lie that a pattern needs, or -1. */
  grams(pattern: Pattern): number {
    const grams = gramsOf(pattern);
    return grams === undefined ? -1 : this.#out.pooled(grams);
  }

  /** The run's own step comes last, so that the values' programs can be jumped over. */
  #pairs(keys: ReadonlyMap<string, Pattern>, parting: string): void {
    const skip = this.#out.step(op.goTo) + 1;
    const starts = new Map<string, number>();
    for (const [key, pattern] of keys) {
      starts.set(key, this.#out.next);
      this.#sequence(pattern);
      this.#out.step(op.endPair);
    }
    this.#out.patch(skip, this.#out.next);
    this.#out.step(op.pairs, this.#out.keys(starts), byteOf(parting));
  }

  #not(pattern: Pattern): void {
    const choice = this.#out.step(op.choice);
    this.#sequence(pattern);
    this.#out.step(op.failTwice);
    this.#out.patch(choice + 1, this.#out.next);
  }

  #set(constants: Constants): void {
    for (const { slot, at, length } of this.#out.constants(constants)) this.#out.step(op.set, slot, at, length);
  }
}

const byteOf = (text: string): number => Buffer.from(text, 'utf8')[0] ?? 0;
