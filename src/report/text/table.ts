import type { PrintableText } from '../../io/printable.ts';
import { fitted, fittedEnd, widthOf } from './layout.ts';

/** A table: its first column is text, the others are numbers as they are to be shown. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly [string, ...string[]])[];
}

const bare = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'] as const;
const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'] as const;

/** The table in lines of at most `columns`, without rules; the first column gives way at its start, because paths differ at their end. */
export async function tableLines(table: Table, columns: number): Promise<readonly PrintableText[]> {
  const { default: CliTable } = await import('cli-table3');
  const gap = 2;
  const numbersWidth = table.head.slice(1).map((title, index) => Math.max(widthOf(title), ...lengthsOf(table, index + 1)));
  const room = columns - numbersWidth.reduce((sum, width) => sum + width + gap, 0);
  const drawn = new CliTable({
    head: [...table.head],
    colAligns: table.head.map((_, index) => (index === 0 ? 'left' : 'right')),
    chars: { ...Object.fromEntries([...bare, ...inner].map((name) => [name, ''])), middle: ' '.repeat(gap) },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const [first, ...numbers] of table.rows) drawn.push([fittedEnd(first, room), ...numbers]);
  return drawn
    .toString()
    .split('\n')
    .map((line) => fitted(line.trimEnd(), columns));
}

function lengthsOf(table: Table, column: number): readonly number[] {
  return table.rows.map((row) => row[column]?.length ?? 0);
}
