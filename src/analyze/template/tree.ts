import { createHash } from 'node:crypto';
import type { Change, Stateful } from '../state/stateful.ts';
import { isNameLike, variable, type Words } from './words.ts';

/** Most templates that are kept; of more, those used longest ago are forgotten. Source: ordinary servers have a few hundred. */
const maxTemplates = 2_000;
/** How many are forgotten at a time. */
const forgottenAtOnce = 200;

/** Most templates of one length and first word, and most first words of one length: a flood of odd lines must not slow the rest. */
const maxAlike = 50;
const maxFirstWords = 100;

/**
 * How much two entries of one template may differ, as a share of their words, and how much when there are too many templates
 * like them. Words that look like names differ less than words of a language, in which "started" and "stopped" are two stories.
 * Measured on Loghub-2k with one setting for its 16 systems.
 */
const maxDistance = 0.06;
const maxDistanceWhenFull = 1;
const nameDistance = 0.3;
const knownVariableDistance = 0.5;
const knownNameDistance = 0.1;

/** Longest text of a template, in characters. */
const maxTextLength = 400;

/** Longest stretch between two words that is shown as it is. */
const maxGapLength = 8;

/** What makes a template. */
export interface SavedTemplate {
  readonly id: string;
  readonly leaf: string;
  readonly words: readonly string[];
  readonly gaps: readonly string[];
  readonly madeAt: number;
  readonly usedAt: number;
}

/** The shape that similar entries share. */
export class Template {
  /** Made of the first entry's words: the same for the same log, and it stays when the template widens. */
  readonly id: string;
  /** Which templates it is compared with. */
  readonly leaf: string;
  /** Its place among those that it is compared with. */
  readonly madeAt: number;
  usedAt: number;
  isForgotten = false;
  readonly #words: string[];
  readonly #gaps: readonly string[];
  #text: string | undefined;

  constructor({ id, leaf, words, gaps, madeAt, usedAt }: SavedTemplate) {
    this.id = id;
    this.leaf = leaf;
    this.madeAt = madeAt;
    this.usedAt = usedAt;
    this.#words = [...words];
    this.#gaps = gaps;
  }

  /** What makes it again. */
  save(): SavedTemplate {
    const { id, leaf, madeAt, usedAt } = this;
    return { id, leaf, madeAt, usedAt, words: this.#words, gaps: this.#gaps };
  }

  /** The entry's words with `<*>` for what differs. */
  get text(): string {
    if (this.#text === undefined) {
      const shown = this.#words.map((word, index) => (this.#gaps[index] ?? ' ') + (word === variable ? '<*>' : word));
      this.#text = `${shown.join('')}${this.#gaps[shown.length] ?? ''}`.trim().slice(0, maxTextLength);
    }
    return this.#text;
  }

  /** How far words of the same number are from it, as a share of the words that count; gives up above `limit`. */
  distanceTo(words: readonly string[], limit: number): number {
    let distance = 0;
    let count = 0;
    const budget = limit * words.length;
    for (let index = 0; index < words.length; index++) {
      const [own = '', other = ''] = [this.#words[index], words[index]];
      if (own !== variable || other !== variable) count++;
      if (own === other) continue;
      distance += distanceOf(own, other);
      if (distance > budget) return Number.POSITIVE_INFINITY;
    }
    return count === 0 ? 0 : distance / count;
  }

  /** Widens it so that these words belong to it. */
  widen(words: readonly string[]): void {
    for (let index = 0; index < words.length; index++) {
      if (this.#words[index] === words[index]) continue;
      this.#words[index] = variable;
      this.#text = undefined;
    }
  }
}

function distanceOf(own: string, other: string): number {
  const areNames = isNameLike(own) && isNameLike(other);
  if (own === variable || other === variable) return areNames ? knownNameDistance : knownVariableDistance;
  return areNames ? nameDistance : 1;
}

/**
 * Sorts entries into templates: by the number of words and the first of them, then by likeness. Holds a bounded number of them.
 * Source: P. He et al., Drain: An Online Log Parsing Approach with Fixed Depth Tree, ICWS 2017.
 */
export class TemplateTree implements Stateful {
  readonly #leaves = new Map<string, Template[]>();
  readonly #firstWords = new Map<number, number>();
  #count = 0;
  #clock = 0;
  /** Templates that have changed; undefined while nobody asks. */
  #changed: Set<Template> | undefined;

  /** The template of an entry, made when there is none. `key` is its words with blanks between. */
  templateFor({ words, places }: Words, key: string, message: string): Template {
    const name = this.#leafName(words);
    const leaf = this.#leaves.get(name) ?? [];
    const limit = leaf.length < maxAlike ? maxDistance : maxDistanceWhenFull;
    const found = nearest(leaf, words, limit);
    if (found !== undefined) {
      found.widen(words);
      return this.touch(found);
    }
    const id = createHash('sha256').update(key).digest('base64url').slice(0, 12);
    const gaps = gapsBetween(places, message);
    // Cut from the key and not from the entry, which would stay in memory for as long.
    const made = { id, leaf: name, words: key.split(' '), gaps, madeAt: this.#clock, usedAt: 0 };
    const template = this.touch(new Template(made));
    if (leaf.length === 0) this.#addLeaf(name, leaf, words.length);
    leaf.push(template);
    this.#count++;
    if (leaf.length > maxAlike) this.#forget(oldestOf(leaf));
    if (this.#count > maxTemplates) this.#forgetOldest();
    return template;
  }

  /** Notes that a template was used. */
  touch(template: Template): Template {
    template.usedAt = ++this.#clock;
    this.#changed?.add(template);
    return template;
  }

  *all(): Generator<Change, void> {
    this.#changed = new Set();
    for (const leaf of this.#leaves.values()) for (const template of leaf) yield [keyOf(template), template.save()];
  }

  *changes(): Generator<Change, void> {
    for (const template of this.#changed ?? []) yield [keyOf(template), template.isForgotten ? undefined : template.save()];
    this.#changed?.clear();
  }

  restore(_key: string, value: unknown): void {
    // From `all` or `changes`.
    const template = new Template(value as SavedTemplate);
    const leaf = this.#leaves.get(template.leaf) ?? [];
    if (leaf.length === 0) this.#addLeaf(template.leaf, leaf, Number.parseInt(template.leaf, 10));
    leaf.push(template);
    leaf.sort((a, b) => a.madeAt - b.madeAt);
    this.#count++;
    this.#clock = Math.max(this.#clock, template.usedAt);
  }

  #leafName(words: readonly string[]): string {
    const name = `${words.length} ${words[0] ?? ''}`;
    if (this.#leaves.has(name) || (this.#firstWords.get(words.length) ?? 0) < maxFirstWords) return name;
    return `${words.length} ${variable}`;
  }

  #addLeaf(name: string, leaf: Template[], length: number): void {
    this.#leaves.set(name, leaf);
    this.#firstWords.set(length, (this.#firstWords.get(length) ?? 0) + 1);
  }

  #forgetOldest(): void {
    const all = [...this.#leaves.values()].flat().sort((a, b) => a.usedAt - b.usedAt);
    for (const template of all.slice(0, forgottenAtOnce)) this.#forget(template);
  }

  #forget(template: Template | undefined): void {
    const leaf = template && this.#leaves.get(template.leaf);
    if (template === undefined || leaf === undefined) return;
    template.isForgotten = true;
    this.#changed?.add(template);
    leaf.splice(leaf.indexOf(template), 1);
    this.#count--;
    if (leaf.length > 0) return;
    this.#leaves.delete(template.leaf);
    const length = Number.parseInt(template.leaf, 10);
    this.#firstWords.set(length, (this.#firstWords.get(length) ?? 1) - 1);
  }
}

function keyOf({ leaf, id, madeAt }: Template): string {
  return `${leaf} ${id} ${madeAt}`;
}

function nearest(leaf: readonly Template[], words: readonly string[], limit: number): Template | undefined {
  let best: Template | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const template of leaf) {
    const distance = template.distanceTo(words, limit);
    if (distance > limit || distance >= least) continue;
    best = template;
    least = distance;
  }
  return best;
}

function oldestOf(leaf: readonly Template[]): Template | undefined {
  let oldest: Template | undefined;
  for (const template of leaf) if (oldest === undefined || template.usedAt < oldest.usedAt) oldest = template;
  return oldest;
}

/** What stands before each word in the entry that a template is made of, and what closes the last one. */
function gapsBetween(places: readonly number[], message: string): readonly string[] {
  const gaps: string[] = [];
  for (let index = 0; index < places.length; index += 2) {
    const [from, to] = [places[index - 1] ?? 0, places[index] ?? 0];
    const gap = index === 0 ? '' : message.slice(from, to);
    gaps.push(gap.length > maxGapLength ? ' ' : gap);
  }
  const end = places.at(-1) ?? 0;
  gaps.push(/^[\])}>"'.]*/.exec(message.slice(end, end + 3))?.[0] ?? '');
  return gaps;
}
