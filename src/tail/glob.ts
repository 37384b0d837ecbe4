import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const magic = /[*?[{]/;

/** Deepest folder that `**` goes into: a link may lead back up. */
const deepest = 16;

/** Tells whether a path holds characters that stand for others: `*`, `?`, `[…]`, `{a,b}`. */
export function isPattern(path: string): boolean {
  return magic.test(path);
}

/** The folder that all paths of a pattern are below. */
export function baseOf(pattern: string): string {
  const segments = pattern.split('/');
  const first = segments.findIndex(isPattern);
  return (first < 0 ? segments : segments.slice(0, first)).join('/') || '/';
}

/**
 * The paths that an absolute pattern names now, in order. `*` and `?` stay within a name and do not stand for a dot at its
 * start, `**` is any number of folders, `{a,b}` is one or the other. Folders that cannot be read hold nothing.
 * Source: glob(7).
 */
export function expand(pattern: string): readonly string[] {
  const found = new Set<string>();
  for (const plain of withoutBraces(pattern)) {
    for (const path of below('/', plain.split('/').filter(Boolean), 0)) found.add(path);
  }
  return [...found].sort();
}

function* below(folder: string, segments: readonly string[], depth: number): Generator<string, void> {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    yield folder;
  } else if (segment === '**') {
    yield* below(folder, rest, depth);
    if (depth >= deepest) return;
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      if (!name.startsWith('.') && isFolder(path)) yield* below(path, segments, depth + 1);
    }
  } else if (!isPattern(segment)) {
    const path = join(folder, segment);
    if (rest.length > 0 || exists(path)) yield* below(path, rest, depth);
  } else {
    const matches = matcherOf(segment);
    for (const name of namesIn(folder)) if (matches(name)) yield* below(join(folder, name), rest, depth);
  }
}

/** Every choice of a pattern's braces. */
function withoutBraces(pattern: string): readonly string[] {
  const [whole, choices] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  if (whole === undefined || choices === undefined) return [pattern];
  const [before = '', ...after] = pattern.split(whole);
  return choices.split(',').flatMap((choice) => withoutBraces(`${before}${choice}${after.join(whole)}`));
}

function matcherOf(segment: string): (name: string) => boolean {
  const source = segment.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace('[!', '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.|+(){}[\]]/, '\\$&');
  });
  const expression = new RegExp(`^${source.replaceAll(/(?:\.\*)+/g, '.*')}$`, 's');
  const mayBeHidden = segment.startsWith('.');
  return (name) => (mayBeHidden || !name.startsWith('.')) && expression.test(name);
}

/** The names in a folder, or none if it cannot be read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
