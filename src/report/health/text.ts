import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Severity } from '../../model/severity.ts';
import type { Look } from '../renderer.ts';
import { wrapped } from '../text/layout.ts';
import { tableLines } from '../text/table.ts';
import { painted, totalsIn } from '../text/words.ts';
import { missesIn, percentOf, readWords } from '../understanding.ts';
import { counted, logIn, modelWords, numeral } from '../words.ts';
import type { Health, Trouble } from './health.ts';
import { lengthOf, sizeIn } from './words.ts';

const defaultRows = 20;

/** The health of lp for a terminal; no line is wider than the look's columns. */
export async function healthText(health: Health, look: Look, limit = defaultRows): Promise<string> {
  const { columns } = look;
  const lines = [
    verdictLine(health, look),
    ...wrapped(runWords(health, look), columns, 3),
    ...health.troubles.flatMap((trouble) => troubleLines(trouble, look)),
    ...(await sourceLines(health, look, limit)),
    ...wrapped(coverageWords(health), columns, 3),
    ...(health.model === undefined ? [] : wrapped(modelWords(health.model), columns, 3)),
  ];
  return `${joined(lines, '\n')}\n`;
}

function verdictLine({ troubles }: Health, { style }: Look): PrintableText {
  if (troubles.length === 0) return style.bold(style.green(printable('Health: all is well')));
  const totals = { INFO: 0, WARNING: 0, ERROR: 0, CRITICAL: 0 };
  for (const { severity } of troubles) totals[severity]++;
  return joined([style.bold(printable('Health:')), joined(totalsIn(totals, style), ', ')], ' ');
}

function runWords({ lastRun, streams, isFollowing, now }: Health, { clock }: Look): string {
  if (lastRun === undefined) return 'There was no run.';
  const { startedAt, endedAt } = lastRun;
  const [latest] = streams;
  const start = `The last run began ${clock.moment(startedAt)}`;
  const end = endedAt === undefined ? (isFollowing === true ? ' and goes on' : '') : ` and ended ${clock.moment(endedAt)}`;
  const mark = latest && `; mark ${numeral(latest.seq)} was stored ${lengthOf(now.getTime() - latest.committedAt.getTime())} ago`;
  return `${start}${end}${mark ?? ''}.`;
}

function troubleLines({ severity, text }: Trouble, { columns, style }: Look): readonly PrintableText[] {
  const width = 'WARNING  '.length;
  const [first = printable(''), ...others] = wrapped(text, columns - width, 4);
  const name = painted(severity, severity, style);
  const gap = printable(' '.repeat(width - nameLength(severity)));
  return [joined([name, gap, first], ''), ...others.map((line) => joined([printable(' '.repeat(width)), line], ''))];
}

const nameLength = (severity: Severity): number => severity.length;

async function sourceLines({ sources, now }: Health, { columns }: Look, limit: number): Promise<readonly PrintableText[]> {
  if (sources.length === 0) return [];
  const head = ['Log', 'unread', 'last read', 'lines', 'understood'];
  const rows = sources.slice(0, limit).map(({ source, behindBytes, committedAt, coverage }): [string, ...string[]] => {
    const { lines } = coverage;
    return [
      logIn(source),
      behindBytes === undefined ? '?' : behindBytes === 0 ? 'nothing' : sizeIn(behindBytes),
      committedAt === undefined ? '?' : `${lengthOf(now.getTime() - committedAt.getTime())} ago`,
      numeral(lines),
      lines === 0 ? '' : percentOf({ lines, misses: missesIn(coverage) }),
    ];
  });
  const rest = sources.length - rows.length;
  const more = rest > 0 ? [printable(`and ${counted(rest, 'other log', 'other logs')} (see --limit)`)] : [];
  return [printable(''), ...(await tableLines({ head, rows }, columns)), ...more];
}

function coverageWords({ coverage, now, since }: Health): string {
  const lines = coverage.reduce((sum, log) => sum + log.lines, 0);
  if (lines === 0) {
    return `No line of the last ${lengthOf(now.getTime() - since.getTime())} was counted yet; counts come once a minute.`;
  }
  return `${readWords(coverage)}.`;
}
