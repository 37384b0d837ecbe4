import type { PrintableText } from '../../io/printable.ts';
import { fitted, fittedEnd, widthOf } from './layout.ts';

/** A table: its first column is text, the others are numbers as they are to be shown. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly [string, ...string[]])[];
  /** Whether the last column is text too; it is cut where it does not fit. */
  readonly lastIsText?: boolean;
}

const bare = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'] as const;
const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'] as const;

/** The table in lines of at most `columns`, without rules; the first column gives way at its start, because paths differ at their end. */
export async function tableLines(table: Table, columns: number): Promise<readonly PrintableText[]> {
  const { default: CliTable } = await import('cli-table3');
  const gap = 2;
  const last = table.lastIsText ? table.head.length - 1 : -1;
  const widths = table.head.map((title, index) =>
    Math.max(widthOf(title), ...table.rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const texts = (widths[0] ?? 0) + (widths[last] ?? 0);
  const room = columns - widths.reduce((sum, width) => sum + width + gap, -gap) + texts;
  // Two columns of text share the room; the first has at least half of it when it needs so much.
  const firstRoom = last < 0 ? room : Math.max(Math.min(widths[0] ?? 0, Math.floor(room / 2)), room - (widths[last] ?? 0));
  const rows = table.rows.map((row) =>
    row.map((cell, index) => (index === last ? fitted(cell, Math.max(8, room - firstRoom)) : cell)),
  );
  const drawn = new CliTable({
    head: [...table.head],
    colAligns: table.head.map((_, index) => (index === 0 || index === last ? 'left' : 'right')),
    chars: { ...Object.fromEntries([...bare, ...inner].map((name) => [name, ''])), middle: ' '.repeat(gap) },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const [first = '', ...cells] of rows) drawn.push([fittedEnd(first, Math.max(4, firstRoom)), ...cells]);
  return drawn
    .toString()
    .split('\n')
    .map((line) => fitted(line.trimEnd(), columns));
}
