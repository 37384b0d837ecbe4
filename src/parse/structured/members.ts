import type { FieldName } from '../fields.ts';

/** Fields of a record in the making. */
export type Fields = Map<FieldName, string | number | readonly string[]>;

/** A value that can be a field, by the name under which it was found. */
export type Scalar = string | number | boolean;

/** Values of an object and of the objects in it, by their names as `names.ts` spells them; the first of a name counts. */
export type Members = ReadonlyMap<string, Scalar>;

/** Objects nest this deep in what loggers write: `Event.System.TimeCreated.#attributes.SystemTime`. */
const deepest = 5;
/** More members than any logger writes into one line. */
const maxMembers = 400;

/** Tells whether `value` is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values of an object. Never throws. */
export function membersOf(object: Readonly<Record<string, unknown>>): Map<string, Scalar> {
  const members = new Map<string, Scalar>();
  add(members, object, { path: '', depth: 0 });
  return members;
}

/** Where a value stands: its name so far, and how many objects it is in. */
interface Place {
  readonly path: string;
  readonly depth: number;
}

function add(members: Map<string, Scalar>, value: unknown, { path, depth }: Place): void {
  if (members.size >= maxMembers) return;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    if (!members.has(path)) members.set(path, value);
    return;
  }
  if (depth >= deepest) return;
  if (Array.isArray(value)) addList(members, value, { path, depth });
  else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      add(members, inner, { path: path === '' ? plain(name) : `${path}.${plain(name)}`, depth: depth + 1 });
    }
  }
}

/** The first of a list; of lists of `{"key":…,"value":…}` (Rails) or `{"name":…,"value":…}` (AWS WAF), each under its key. */
function addList(members: Map<string, Scalar>, list: readonly unknown[], { path, depth }: Place): void {
  for (const item of list.slice(0, 32)) {
    if (!isObject(item) || !('value' in item)) continue;
    const key = item['key'] ?? item['name'];
    if (typeof key === 'string') add(members, item['value'], { path: `${path}.${plain(key)}`, depth: depth + 1 });
  }
  add(members, list[0], { path: `${path}.0`, depth: depth + 1 });
}

/** A name in small letters and without what parts words. */
export function plain(name: string): string {
  return name.length > 64 ? name : name.replace(/[_@-]/g, '').toLowerCase();
}

/** The first of these names that has a value which is neither nothing nor a dash. */
export function firstOf(members: Members, names: readonly string[]): Scalar | undefined {
  for (const name of names) {
    const value = members.get(name);
    if (value !== undefined && value !== '' && value !== '-' && value !== '--' && value !== 'null') return value;
  }
  return undefined;
}
