import { basename } from 'node:path';

/** What a packer adds to a file's name. */
const packed = /\.(?:gz|xz|bz2|zst)$/;

/**
 * What rotation adds behind a name, or before its ending: a day, perhaps with a time or an epoch, a number, `old`, `bak`.
 * Source: logrotate(8), dateext, dateformat, extension, rotate.
 */
const stamp = String.raw`\d{4}-?\d\d-?\d\d(?:[-_.T]?\d{2,10})?|\d{10}`;
const behind = new RegExp(String.raw`^(.+?)(?:[.-](${stamp})|\.(\d{1,4})|\.(old|bak)|-(\d{1,3}))$`);
const within = new RegExp(String.raw`^(.+?)(?:[.-](${stamp})|\.(\d{1,4}))(\.[a-z]{1,5})$`, 'i');

/** A name that rotation has made, taken apart. */
export interface RotatedName {
  /** The name of the log before. */
  readonly base: string;
  /** The higher the newer, among names with the same `scheme`. */
  readonly scheme: 'number' | 'stamp' | 'word';
  readonly order: number | string;
  readonly isPacked: boolean;
}

/** Takes the name of a rotated log apart; undefined for a name that rotation has not made. */
export function rotatedName(path: string): RotatedName | undefined {
  const name = basename(path);
  const bare = name.replace(packed, '');
  const isPacked = bare !== name;
  const found = behind.exec(bare);
  if (found !== null) {
    const [, base = '', date, number, , dashed] = found;
    return { base, isPacked, ...orderOf(date, number ?? dashed) };
  }
  const inside = within.exec(bare);
  if (inside !== null) {
    const [, start = '', date, number, ending = ''] = inside;
    return { base: `${start}${ending}`, isPacked, ...orderOf(date, number) };
  }
  return isPacked ? { base: bare, isPacked, ...orderOf(undefined, undefined) } : undefined;
}

function orderOf(date: string | undefined, number: string | undefined): Pick<RotatedName, 'scheme' | 'order'> {
  if (date !== undefined) return { scheme: 'stamp', order: date };
  return number === undefined ? { scheme: 'word', order: 0 } : { scheme: 'number', order: -Number(number) };
}

/** A rotated log of a folder. */
export interface Rotated extends RotatedName {
  readonly path: string;
  readonly modifiedMs: number;
}

/**
 * Puts the rotated logs of one source in order, the newest first. Names tell where they can: they are right even when the
 * clock was set back. Times tell between names of different kinds, and which way numbers are counted. Of a log and its packed copy, the log is left.
 */
export function newestFirst(files: readonly Rotated[]): readonly Rotated[] {
  const bare = new Set(files.filter(({ isPacked }) => !isPacked).map(({ path }) => path));
  const kept = files.filter(({ path, isPacked }) => !isPacked || !bare.has(path.replace(packed, '')));
  const lists = (['number', 'stamp', 'word'] as const).map((scheme) => {
    const list = kept
      .filter((file) => file.scheme === scheme)
      .sort((a, b) => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0));
    return scheme === 'number' && areCountedUp(list) ? list.reverse() : list;
  });
  const merged: Rotated[] = [];
  for (;;) {
    const heads = lists.filter((list) => list.length > 0);
    const newest = heads.reduce<Rotated[] | undefined>(
      (best, list) => ((best?.[0]?.modifiedMs ?? -1) >= (list[0]?.modifiedMs ?? 0) ? best : list),
      undefined,
    );
    const head = newest?.shift();
    if (head === undefined) return merged;
    merged.push(head);
  }
}

/**
 * Tells whether the newest file has the highest number, as log4j counts: only by the times of three files and more, of which
 * none speaks against it, because a clock may be set back. Source: Log4j 2, DefaultRolloverStrategy, fileIndex.
 */
function areCountedUp(lowestFirst: readonly Rotated[]): boolean {
  return (
    lowestFirst.length >= 3 &&
    lowestFirst.every(({ modifiedMs }, index) => index === 0 || modifiedMs > (lowestFirst[index - 1]?.modifiedMs ?? 0))
  );
}
