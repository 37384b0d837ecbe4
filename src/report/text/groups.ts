import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Finding } from '../../model/envelope.ts';
import type { Group } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { fitted, wrapped } from './layout.ts';
import { counted, entityIn, logIn, numeral, painted, twoOf } from './words.ts';

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
    ...twoOf(lead.evidence).map((original) => evidenceLine(original, look)),
    ...adviceOf(lead, look, 3),
    ...alsoOf(others, look),
  ];
}

function shortLines({ lead, others }: Group, number: number, look: Look): readonly PrintableText[] {
  const [evidence] = twoOf(lead.evidence);
  return [
    titleLine(lead, number, look),
    ...indented(factsOf(lead, look), '', { look, maxLines: 2 }),
    ...(evidence === undefined ? [] : [evidenceLine(evidence, look)]),
    ...adviceOf(lead, look, 2),
    ...alsoOf(others, look),
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
  const log = logIn(lead.log.source);
  const facts = [fitted(entityIn(lead), 60), counted(lead.count, 'entry', 'entries'), span, log];
  return facts.filter((fact, index) => index === 0 || fact !== facts[0]).join(', ');
}

function evidenceLine(original: string, { columns, style }: Look): PrintableText {
  return joined([indent, style.dim(printable(`| ${fitted(original.trim(), columns - indent.length - 2)}`))], '');
}

function adviceOf({ action }: Finding, look: Look, maxLines: number): readonly PrintableText[] {
  return typeof action === 'string' ? indented(action, 'Do: ', { look, maxLines }) : [];
}

/** How many of the others are named; who they are all is in the database. */
const maxNamed = 4;

function alsoOf(others: readonly Finding[], look: Look): readonly PrintableText[] {
  if (others.length === 0) return [];
  const named = others.slice(0, maxNamed).map((other, index) => {
    const count = index === 0 ? counted(other.count, 'entry', 'entries') : numeral(other.count);
    return `${fitted(entityIn(other), 40)} (${count})`;
  });
  const rest = others.length - named.length;
  const text = rest === 0 ? named.join(', ') : `${named.join(', ')} and ${counted(rest, 'other', 'others')}`;
  return indented(text, 'Also: ', { look, maxLines: 3 });
}

interface Room {
  readonly look: Look;
  readonly maxLines: number;
}

function indented(text: string, label: '' | 'Do: ' | 'Also: ', { look, maxLines }: Room): readonly PrintableText[] {
  const lines = wrapped(text, look.columns - indent.length - label.length, maxLines);
  const blank = printable(' '.repeat(label.length));
  return lines.map((line, index) => joined([indent, index === 0 ? look.style.bold(printable(label)) : blank, line], ''));
}
