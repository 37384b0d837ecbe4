/** Tells whether a text is what a rule asks for. */
export type TextTest = (text: string) => boolean;

/** Where in a text the pattern must stand. */
export type Position = 'exact' | 'contains' | 'startswith' | 'endswith';

/** What stands between two `*`: literal characters, with holes where the pattern says `?`. */
interface Segment {
  readonly text: string;
  readonly holes: ReadonlySet<number>;
}

/**
 * Compiles a pattern with `*` (any run) and `?` (any one UTF-16 unit); `\*`, `\?` and `\\` are those characters.
 * Tests take time linear in the text without `?`, and text × pattern with it; nothing backtracks.
 * Source: Sigma specification 2.1, "Wildcards" and "Escaping".
 */
export function compilePattern(pattern: string, position: Position): TextTest {
  const segments = segmentsOf(pattern);
  if (position === 'contains' || position === 'endswith') segments.unshift(empty);
  if (position === 'contains' || position === 'startswith') segments.push(empty);
  const trimmed = withoutDoubles(segments);
  return plainTest(trimmed) ?? ((text) => matches(trimmed, text));
}

/** The longest text that must stand in whatever the pattern matches; empty when it is all wildcards. */
export function requiredText(pattern: string): string {
  const fixed = segmentsOf(pattern).filter((segment) => segment.holes.size === 0);
  return fixed.reduce((longest, { text }) => (text.length > longest.length ? text : longest), '');
}

/** The pattern that stands for a text as it is. */
export function escapedLiteral(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

const empty: Segment = { text: '', holes: new Set() };

function segmentsOf(pattern: string): Segment[] {
  const segments: Segment[] = [];
  let text = '';
  let holes = new Set<number>();
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    const next = pattern.charAt(index + 1);
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      index++;
    } else if (character === '*') {
      segments.push({ text, holes });
      text = '';
      holes = new Set();
    } else {
      if (character === '?') holes.add(text.length);
      text += character;
    }
  }
  segments.push({ text, holes });
  return segments;
}

/** Empty segments count only at the ends, where they say that the text may go on. */
function withoutDoubles(segments: readonly Segment[]): readonly Segment[] {
  return segments.filter((segment, index) => segment.text !== '' || index === 0 || index === segments.length - 1);
}

/** The test for a pattern that a method of String does, which is most of them. */
function plainTest(segments: readonly Segment[]): TextTest | undefined {
  if (segments.some((segment) => segment.holes.size > 0)) return undefined;
  const [first, second, third] = segments.map((segment) => segment.text);
  if (first === undefined) return undefined;
  if (second === undefined) return (text) => text === first;
  if (segments.length === 3 && first === '' && third === '') return (text) => text.includes(second);
  if (segments.length > 2) return undefined;
  if (second === '') return (text) => text.startsWith(first);
  return first === '' ? (text) => text.endsWith(second) : undefined;
}

function matches(segments: readonly Segment[], text: string): boolean {
  const first = segments[0] ?? empty;
  const last = segments.at(-1) ?? empty;
  if (segments.length === 1) return text.length === first.text.length && standsAt(first, text, 0);
  if (!standsAt(first, text, 0)) return false;
  let from = first.text.length;
  const end = text.length - last.text.length;
  for (const segment of segments.slice(1, -1)) {
    const found = search(segment, text, from);
    if (found < 0) return false;
    from = found + segment.text.length;
  }
  return end >= from && standsAt(last, text, end);
}

function search(segment: Segment, text: string, from: number): number {
  if (segment.holes.size === 0) return text.indexOf(segment.text, from);
  for (let start = from; start + segment.text.length <= text.length; start++) if (standsAt(segment, text, start)) return start;
  return -1;
}

function standsAt(segment: Segment, text: string, start: number): boolean {
  if (segment.holes.size === 0) return text.startsWith(segment.text, start);
  if (start + segment.text.length > text.length) return false;
  for (let index = 0; index < segment.text.length; index++) {
    if (!segment.holes.has(index) && segment.text.charCodeAt(index) !== text.charCodeAt(start + index)) return false;
  }
  return true;
}
