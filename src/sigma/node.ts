import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** Where something stands in a rule file. */
export interface Place {
  readonly file: string;
  /** 1 for the first line. */
  readonly line: number;
}

/** What a rule file is made of: plain data that remembers its place. */
export type Node = MapNode | ListNode | ScalarNode;

/** Keys with their values, in the order of the file. */
export interface MapNode extends Place {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

/** One key of a map and what it stands for. */
export interface Entry extends Place {
  readonly key: string;
  readonly value: Node;
}

/** Values one after the other. */
export interface ListNode extends Place {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

/** A single value; `undefined` is YAML's null. */
export interface ScalarNode extends Place {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | undefined;
  /** True for a value that stands unchanged in a rule of ours, which was tested. */
  readonly isProven?: true;
}

/** The error for a mistake in a rule: file, line and what is wrong. */
export function fault(place: Place, what: string): LpError {
  return new LpError(`${place.file}:${place.line}: ${what}`, exitStatus.config);
}

/** The error for a rule that has no mistake, but asks for something that no record here has. */
export class UnusableRule extends LpError {
  override readonly name = 'UnusableRule';
  readonly place: Place;
  /** What it asks for, without the place. */
  readonly what: string;

  constructor(place: Place, what: string) {
    super(`${place.file}:${place.line}: ${what}`, exitStatus.config);
    this.place = place;
    this.what = what;
  }
}

/** The error for a rule about other logs than those that are read here. */
export function unusable(place: Place, what: string): UnusableRule {
  return new UnusableRule(place, what);
}

/** The value of a key, or undefined when the map lacks it. */
export function find(map: MapNode, key: string): Node | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

/** `node` as a map. Throws `LpError` 78 for anything else; `what` names it. */
export function asMap(node: Node, what: string): MapNode {
  if (node.kind === 'map') return node;
  throw fault(node, `${what} must be a map of keys and values`);
}

/** The items of a list, or a single value as a list of one. */
export function asItems(node: Node): readonly Node[] {
  return node.kind === 'list' ? node.items : [node];
}

/** `node` as text; a number or a boolean is written out. Throws `LpError` 78 for anything else and for the empty text. */
export function asText(node: Node, what: string): string {
  if (node.kind === 'scalar' && node.value !== undefined && node.value !== '') return String(node.value);
  throw fault(node, `${what} must be a text`);
}

/** `node` as one or several texts. Throws `LpError` 78 as `asText` does. */
export function asTexts(node: Node, what: string): readonly string[] {
  return asItems(node).map((item) => asText(item, what));
}

/** `node` as a finite number. Throws `LpError` 78 for anything else. */
export function asNumber(node: Node, what: string): number {
  if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
  throw fault(node, `${what} must be a number`);
}

/** `node` as true or false. Throws `LpError` 78 for anything else. */
export function asBoolean(node: Node, what: string): boolean {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  throw fault(node, `${what} must be true or false`);
}

/** Throws `LpError` 78 for the first key of `map` that is not in `known`. */
export function allowOnly(map: MapNode, known: readonly string[], what: string): void {
  const stranger = map.entries.find((entry) => !known.includes(entry.key));
  if (stranger !== undefined) throw fault(stranger, `${what} has no "${stranger.key}"; it has ${known.join(', ')}`);
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time in ms, from `30s`, `10m`, `24h` or `7d`. Throws `LpError` 78 for anything else. */
export function asTimespan(node: Node, what: string): number {
  const text = asText(node, what);
  const unit = unitsMs[text.slice(-1)];
  const digits = text.slice(0, -1);
  if (unit === undefined || !/^[1-9]\d{0,6}$/.test(digits))
    throw fault(node, `${what} must be like 30s, 10m, 24h or 7d, not "${text}"`);
  return Number(digits) * unit;
}
