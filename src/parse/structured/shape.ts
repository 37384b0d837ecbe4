import { isObject } from './members.ts';

/**
 * An object of a shape that the kernel has met, whose values are the numbers of the values in its lines, in their order:
 * as texts where these are texts. Undefined for one that JSON.parse would read otherwise than key by key. How shapes are
 * written: ../kernel/json.ts.
 */
export function objectOf(shape: string): Readonly<Record<string, unknown>> | undefined {
  const walk: Walk = { shape, at: 0, next: 0, isOdd: false };
  const value = valueAt(walk);
  return walk.isOdd || !isObject(value) ? undefined : value;
}

interface Walk {
  readonly shape: string;
  at: number;
  /** The number of the next value. */
  next: number;
  isOdd: boolean;
}

function valueAt(walk: Walk): unknown {
  switch (walk.shape[walk.at++]) {
    case '{':
      return membersAt(walk);
    case '[':
      return firstAt(walk);
    case 's':
      return String(walk.next++);
    case 'z':
      walk.next++;
      return undefined;
    default:
      return walk.next++;
  }
}

/** Source: ECMA-262, OrdinaryOwnPropertyKeys: numbers come first; and of two members of one name the last counts. */
function membersAt(walk: Walk): unknown {
  const members = new Map<string, unknown>();
  while (walk.shape[walk.at] === '"') {
    const end = walk.shape.indexOf('"', walk.at + 1);
    const key = walk.shape.slice(walk.at + 1, end);
    walk.isOdd ||= members.has(key) || /^\d+$/.test(key) || key === '__proto__';
    walk.at = end + 1;
    members.set(key, valueAt(walk));
  }
  walk.at++;
  return Object.fromEntries(members);
}

function firstAt(walk: Walk): unknown {
  const list = walk.shape[walk.at] === ']' ? [] : [valueAt(walk)];
  walk.at++;
  return list;
}
