import { joined, printable } from '../../io/printable.ts';
import type { Renderer } from '../renderer.ts';
import { unlistedLines } from '../text/footer.ts';
import { tableLines } from '../text/table.ts';
import { verdictLines } from '../text/verdict.ts';
import { entityIn, numeral } from '../words.ts';

/** One line for each finding, worst first. */
const table: Renderer = {
  isGrouped: false,
  defaultLimit: 50,
  async *render(digest, look) {
    const findings = digest.findings.slice(0, digest.limit);
    const rows = findings.map((finding): [string, ...string[]] => [
      entityIn(finding),
      finding.severity,
      numeral(Math.round(finding.risk_score)),
      numeral(finding.count),
      look.clock.brief(new Date(finding.last_seen)),
      finding.title,
    ]);
    const head = ['Who', 'severity', 'risk', 'entries', 'last seen', 'finding'];
    const lines = rows.length === 0 ? [] : await tableLines({ head, rows, lastIsText: true }, look.columns);
    const body = lines.length === 0 ? [] : [printable(''), ...lines];
    yield `${joined([...verdictLines(digest, look), ...body, ...unlistedLines(digest, look)], '\n')}\n`;
  },
};

export default table;
