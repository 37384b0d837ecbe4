import type { Element, Pattern } from '../pattern.ts';
import { stampShapes } from '../time/shapes.ts';
import { type ByteSet, firstBytesOf, setOf, union } from './first-bytes.ts';

/*
 * What a line must have for a format to be tried on it. Most formats cannot read most lines, and to find that out by a scan
 * costs twenty times a look at these: its first byte; where a stamp must stand first, one of its shapes; bytes and grams that
 * it must hold.
 */

/** Bytes of what is needed, as the kernel reads it: first bytes; those with which it begins otherwise than by a stamp; shapes; grams; two bytes. */
export const needsBytes = 32 + 32 + 4 + 4 + 4;

/** What lines of a pattern need; `grams` is their place in the pool, or -1. The kernel's side: ../kernel/needs.ts. */
export function needsOf(pattern: Pattern, firstBytes: ByteSet, grams: number): Uint8Array {
  const needs = Buffer.alloc(needsBytes);
  const { bytes, shapes } = startOf(pattern);
  needs.set(firstBytes);
  needs.set(bytes, 32);
  needs.writeUInt32LE(shapes, 64);
  needs.writeInt32LE(grams, 68);
  needs.set(rarestOf(heldBy(pattern)), 72);
  return Uint8Array.from(needs);
}

/** How a line begins: with a stamp of one of some shapes, a bit for each, or with one of some bytes. */
interface Start {
  bytes: ByteSet;
  shapes: number;
}

/** Elements that are looked at, at most: alternatives of alternatives are many. */
const mostElements = 2_000;

function startOf(pattern: Pattern): Start {
  const start: Start = { bytes: new Uint8Array(32), shapes: 0 };
  let left = mostElements;
  const add = (bytes: ByteSet): void => {
    start.bytes = union(start.bytes, bytes);
  };
  const visit = (elements: Pattern): void => {
    for (const [index, element] of elements.entries()) {
      if (left-- <= 0) break;
      const isPassed = visitElement(element, elements.slice(index + 1));
      if (!isPassed) return;
    }
    // What may be nothing begins with what follows it, which is not known here.
    add(setOf(undefined));
  };
  /** True when what stands behind it may be the beginning. */
  const visitElement = (element: Element, behind: Pattern): boolean => {
    switch (element.kind) {
      case 'set':
        return true;
      case 'stamp':
        start.shapes |= 1 << stampShapes.indexOf(element.shape);
        return false;
      case 'oneOf':
        for (const alternative of element.patterns) visit([...alternative, ...behind]);
        return false;
      case 'text':
        if (element.reach === 'blanks') add(setOf(' '));
        else visit(element.inside ?? []);
        return element.reach === 'blanks';
      case 'stops':
        visit(element.inside ?? []);
        return false;
      case 'words':
        add(
          element.table.isOpen
            ? setOf(undefined)
            : setOf([...element.table.words.keys()].map((word) => word.slice(0, 1)).join('')),
        );
        return false;
      default:
        add(firstBytesOf([element]));
        return false;
    }
  };
  visit(pattern);
  return start;
}

/** Bytes that few lines hold, the rarest first. */
const rare = Buffer.from('%|<>{}"=@#*[],/()');
/** Bytes that are looked for. */
const mostHeld = 2;

function rarestOf(bytes: ReadonlySet<number>): readonly number[] {
  return [...rare].filter((byte) => bytes.has(byte)).slice(0, mostHeld);
}

/** Bytes that stand in whatever the pattern matches. */
function heldBy(pattern: Pattern): ReadonlySet<number> {
  return new Set(pattern.flatMap((element) => [...heldByElement(element)]));
}

function heldByElement(element: Element): ReadonlySet<number> {
  switch (element.kind) {
    case 'literal':
      return new Set(Buffer.from(element.text));
    case 'text':
    case 'stops':
      return heldBy(element.inside ?? []);
    case 'oneOf': {
      const [first = new Set<number>(), ...others] = element.patterns.map(heldBy);
      return new Set([...first].filter((byte) => others.every((other) => other.has(byte))));
    }
    case 'not': {
      // What must not be missing must be there.
      const [inner, ...others] = element.pattern;
      return inner?.kind === 'not' && others.length === 0 ? heldBy(inner.pattern) : new Set();
    }
    default:
      return new Set();
  }
}
