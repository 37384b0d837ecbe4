import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Evidence, Finding } from '../../model/envelope.ts';
import type { Group } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { fitted, fittedEnd, wrapped, wrappedSentences } from './layout.ts';
import { bodyOf, counted, entityIn, logIn, numeral, painted, twoOf } from './words.ts';

const indent = printable('    ');

/** The lines for one group of findings: in full when something is wrong, in short for a warning, one line for information. */
export function groupLines(group: Group, number: number, look: Look): readonly PrintableText[] {
  switch (group.lead.severity) {
    case 'CRITICAL':
    case 'ERROR':
      return fullLines(group, number, look);
    case 'WARNING':
      return shortLines(group, number, look);
    case 'INFO':
      return [oneLine(group, number, look)];
    default:
      return group.lead.severity satisfies never;
  }
}

function fullLines({ lead, others }: Group, number: number, look: Look): readonly PrintableText[] {
  return [
    titleLine(lead, number, look),
    ...indented(factsOf(lead, look), '', { look, maxLines: 2 }),
    ...indented(lead.summary, '', { look, maxLines: 3 }),
    ...twoOf(lead.evidence).flatMap((entry) => evidenceLines(entry, lead, look)),
    ...adviceOf(lead, look, 3),
    ...alsoOf(lead, others, look),
  ];
}

function shortLines({ lead, others }: Group, number: number, look: Look): readonly PrintableText[] {
  const [evidence] = twoOf(lead.evidence);
  return [
    titleLine(lead, number, look),
    ...indented(factsOf(lead, look), '', { look, maxLines: 2 }),
    ...(evidence === undefined ? [] : evidenceLines(evidence, lead, look)),
    ...adviceOf(lead, look, 2),
    ...alsoOf(lead, others, look),
  ];
}

function oneLine({ lead, others }: Group, number: number, look: Look): PrintableText {
  const more = others.length === 0 ? '' : ` (and ${counted(others.length, 'other', 'others')})`;
  const rest = `: ${entityIn(lead)}${more}, ${counted(lead.count, 'entry', 'entries')}, ${look.clock.moment(new Date(lead.last_seen))}`;
  const start = startOf(lead, number);
  const room = look.columns - start.length;
  const title = fitted(lead.title, Math.max(20, room - rest.length));
  return joined([painted(start, lead.severity, look.style), fitted(`${title}${rest}`, room)], '');
}

function titleLine(lead: Finding, number: number, look: Look): PrintableText {
  const start = startOf(lead, number);
  const title = look.style.bold(fitted(lead.title, look.columns - start.length));
  return joined([painted(start, lead.severity, look.style), title], '');
}

function startOf({ severity }: Finding, number: number): string {
  return `${String(number).padStart(2)}. ${severity}  `;
}

function factsOf(lead: Finding, { clock }: Look): string {
  const span = clock.span(new Date(lead.first_seen), new Date(lead.last_seen));
  const facts = [entityFact(lead), counted(lead.count, 'entry', 'entries'), span];
  // A finding about a log names it already.
  return (lead.entity.value === lead.log.source ? facts : [...facts, logsOf(lead)]).join(', ');
}

function entityFact(lead: Finding): string {
  return lead.entity.type === 'source' ? fittedEnd(logIn(lead.entity.value), 60) : fitted(entityIn(lead), 60);
}

/** The log that the finding is from, and how many more its evidence comes from. */
function logsOf({ log, evidence }: Finding): string {
  const more = new Set(evidence.map((entry) => entry.log.source).filter((source) => source !== log.source)).size;
  const own = fittedEnd(logIn(log.source), 60);
  return more === 0 ? own : `${own} and ${counted(more, 'more log', 'more logs')}`;
}

/** Most lines for one entry. */
const maxEntryLines = 2;

function evidenceLines(entry: Evidence, lead: Finding, { columns, style, clock }: Look): readonly PrintableText[] {
  const isOneDay = clock.isOneDay(new Date(lead.first_seen), new Date(lead.last_seen));
  const start = `${clock.entry(new Date(entry.timestamp), isOneDay)} `;
  const lines = wrapped(bodyOf(entry), columns - indent.length - 2 - start.length, maxEntryLines);
  const blank = ' '.repeat(start.length);
  return lines.map((line, index) => joined([indent, style.dim(printable(`| ${index === 0 ? start : blank}${line}`))], ''));
}

function adviceOf({ action }: Finding, look: Look, maxLines: number): readonly PrintableText[] {
  return typeof action === 'string' ? indented(action, 'Do: ', { look, maxLines, isWhole: true }) : [];
}

/** How many of the others are named; who they are all is in the database. */
const maxNamed = 4;

function alsoOf(lead: Finding, others: readonly Finding[], look: Look): readonly PrintableText[] {
  if (others.length === 0) return [];
  const seen = new Set([entityIn(lead)]);
  const named = others.slice(0, maxNamed).map((other, index) => {
    const count = index === 0 ? counted(other.count, 'entry', 'entries') : numeral(other.count);
    const entity = entityIn(other);
    // Only its time tells a second burst of the same entity from the first.
    const when = seen.has(entity) ? `, ${look.clock.moment(new Date(other.last_seen))}` : '';
    seen.add(entity);
    return `${fitted(entity, 40)} (${count}${when})`;
  });
  const rest = others.length - named.length;
  const text = rest === 0 ? named.join(', ') : `${named.join(', ')} and ${counted(rest, 'other', 'others')}`;
  return indented(text, 'Also: ', { look, maxLines: 3 });
}

interface Room {
  readonly look: Look;
  readonly maxLines: number;
  /** Whether a text that is too long ends with a whole sentence. */
  readonly isWhole?: boolean;
}

function indented(text: string, label: '' | 'Do: ' | 'Also: ', { look, maxLines, isWhole }: Room): readonly PrintableText[] {
  const fit = isWhole === true ? wrappedSentences : wrapped;
  const lines = fit(text, look.columns - indent.length - label.length, maxLines);
  const blank = printable(' '.repeat(label.length));
  return lines.map((line, index) => joined([indent, index === 0 ? look.style.bold(printable(label)) : blank, line], ''));
}
