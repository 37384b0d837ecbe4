import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Digest } from '../digest.ts';
import type { Group } from '../groups.ts';
import type { Look } from '../renderer.ts';
import { coverageLines, creditLines, goneLines, hiddenLines, logLines, modelLines, unlistedLines } from './footer.ts';
import { groupLines, isShort } from './groups.ts';
import { siteLines } from './sites.ts';
import { storyLines } from './story.ts';
import { emptyLines, newLines, openLines, verdictLines } from './verdict.ts';

/** The digest as plain text, block by block; no line is wider than the look's columns. */
export async function* textReport(digest: Digest, look: Look): AsyncGenerator<string, void> {
  yield block([...verdictLines(digest, look), ...newLines(digest, look), ...openLines(digest, look)]);
  if (digest.groups.length === 0) yield spaced(emptyLines(digest, look));
  yield* groupBlocks(digest, look);
  yield block([...unlistedLines(digest, look), ...hiddenLines(digest, look)]);
  yield spaced(storyLines(digest, look));
  yield spaced(goneLines(digest, look));
  const tables = [...(await siteLines(digest, look)), ...(await logLines(digest, look))];
  yield spaced([...tables, ...coverageLines(digest, look), ...modelLines(digest, look), ...creditLines(digest, look)]);
}

/** What is told in full first, then what a line is enough for: those need no air between, but from what stands above. */
function* groupBlocks({ groups, isFiltered }: Digest, look: Look): Generator<string, void> {
  const isOneLine = (group: Group): boolean => isShort(group, isFiltered);
  const long = groups.filter((group) => !isOneLine(group));
  const linesOf = (group: Group, number: number) => groupLines(group, { number, isDetailed: isFiltered, look });
  for (const [index, group] of long.entries()) yield spaced(linesOf(group, index + 1));
  yield spaced(groups.filter(isOneLine).flatMap((group, index) => linesOf(group, long.length + index + 1)));
}

function block(lines: readonly PrintableText[]): string {
  return lines.length === 0 ? '' : `${joined(lines, '\n')}\n`;
}

function spaced(lines: readonly PrintableText[]): string {
  return lines.length === 0 ? '' : block([printable(''), ...lines]);
}
