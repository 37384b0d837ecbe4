import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Renderer } from '../renderer.ts';
import { coverageLines, creditLines, logLines, unlistedLines } from '../text/footer.ts';
import { groupLines } from '../text/groups.ts';
import { emptyLines, verdictLines } from '../text/verdict.ts';

/** The digest for a terminal or a mail: plain text, worst first, no line wider than the reader's. */
const text: Renderer = {
  isGrouped: true,
  defaultLimit: 20,
  async *render(digest, look) {
    yield block(verdictLines(digest, look));
    if (digest.groups.length === 0) yield spaced(emptyLines(digest, look));
    let above: string | undefined;
    for (const [index, group] of digest.groups.entries()) {
      const lines = groupLines(group, index + 1, look);
      // One line each needs no air between, but from what stands above.
      yield group.lead.severity === 'INFO' && above === 'INFO' ? block(lines) : spaced(lines);
      above = group.lead.severity;
    }
    yield spaced(unlistedLines(digest, look));
    yield spaced(await logLines(digest, look));
    yield spaced([...coverageLines(digest, look), ...creditLines(digest, look)]);
  },
};

function block(lines: readonly PrintableText[]): string {
  return lines.length === 0 ? '' : `${joined(lines, '\n')}\n`;
}

function spaced(lines: readonly PrintableText[]): string {
  return lines.length === 0 ? '' : block([printable(''), ...lines]);
}

export default text;
