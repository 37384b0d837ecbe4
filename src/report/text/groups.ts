import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Evidence, Finding } from '../../model/envelope.ts';
import { type Group, membersOf, sumOfGroup } from '../groups.ts';
import { kindsOf } from '../kinds.ts';
import type { Look } from '../renderer.ts';
import { bodyOf, counted, entityIn, entriesAt, logIn, numeral, twoOf } from '../words.ts';
import { fitted, fittedEnd, widthOf, wrapped, wrappedSentences } from './layout.ts';
import { painted } from './words.ts';

const indent = printable('    ');

/** Where and how a group is shown. */
export interface Showing {
  readonly number: number;
  /** Whether few things were asked for, so that there is room for all that is known of each. */
  readonly isDetailed: boolean;
  readonly look: Look;
}

/** Tells whether one line is enough: a warning, or an error that went on before already. */
export function isShort({ lead, fresh }: Group, isDetailed: boolean): boolean {
  return !isDetailed && lead.severity !== 'CRITICAL' && (lead.severity !== 'ERROR' || fresh === 0);
}

/** The lines for one group of findings: what happened, two entries that show it, and what to do; or just one line. */
export function groupLines(group: Group, showing: Showing): readonly PrintableText[] {
  if (isShort(group, showing.isDetailed)) return [oneLine(group, showing), ...kindLines(group, showing)];
  const { lead, others, along } = group;
  const { look, isDetailed } = showing;
  return [
    titleLine(group, showing),
    ...factLines(lead, look),
    ...(isDetailed ? indented(lead.summary, '', { look, maxLines: 3 }) : []),
    ...shownOf(group, showing),
    ...adviceOf(lead, look, isDetailed ? 5 : lead.severity === 'CRITICAL' ? 3 : 2),
    ...alsoOf(lead, isNamedInTitle(group, showing) ? others : [...others, ...membersOf(along)], look),
  ];
}

/** How many kinds of error are shown. */
const [fewKinds, manyKinds] = [3, 40];

/** Examples of what no rule knows, which no title says. */
function kindLines(group: Group, { look, isDetailed }: Showing): readonly PrintableText[] {
  const { listed, rest } = kindsOf(group, isDetailed ? manyKinds : fewKinds);
  const room = look.columns - indent.length - 2;
  const lines = listed.flatMap(({ start, example }) => {
    const [first = '', ...more] = wrapped(example.trim().replace(/\s*\n\s*/g, ' '), room - start.length - 1, isDetailed ? 2 : 1);
    return [`${start} ${first}`, ...more.map((line) => `${' '.repeat(start.length)} ${line}`)];
  });
  const all = rest === undefined ? lines : [...lines, rest];
  return all.map((line) => joined([indent, look.style.dim(printable(`| ${line}`))], ''));
}

/** What shows that it is so: kinds of error, or else two entries. */
function shownOf(group: Group, showing: Showing): readonly PrintableText[] {
  const kinds = kindLines(group, showing);
  if (kinds.length > 0) return kinds;
  const { lead } = group;
  const room = { look: showing.look, maxLines: showing.isDetailed ? 2 : 1 };
  return twoOf(lead.evidence).flatMap((entry) => evidenceLines(entry, lead, room));
}

function oneLine(group: Group, { number, look }: Showing): PrintableText {
  const { lead, others, along, fresh } = group;
  const start = startOf(lead, number);
  const room = look.columns - start.length;
  const entities = new Set([lead, ...others].map(entityIn)).size;
  const more = entities === 1 ? '' : ` and ${numeral(entities - 1)} more`;
  const { count, lastSeen } = sumOfGroup(group);
  const when = `${look.clock.brief(lastSeen)}${fresh === 0 ? ', again' : ''}`;
  const rest = `: ${shortEntity(lead)}${more}, ${numeral(count)}x, ${when}`;
  const titleRoom = Math.max(20, room - widthOf(rest));
  const both = titlesOf(group);
  const title = fitted(along.length === 0 || widthOf(both) <= titleRoom ? both : `${lead.title} +${along.length}`, titleRoom);
  return joined([painted(start, lead.severity, look.style), fitted(`${title}${rest}`, room)], '');
}

/** Of a log, the last part of its path. */
function shortEntity(lead: Finding): string {
  const { type, value } = lead.entity;
  return type === 'source' ? fittedEnd(logIn(value.slice(value.lastIndexOf('/') + 1)), 40) : fitted(entityIn(lead), 40);
}

/** What goes along may stand in the title, where there is room. */
function isNamedInTitle(group: Group, { number, look }: Showing): boolean {
  const room = look.columns - startOf(group.lead, number).length - longestMark;
  return group.others.length === 0 && widthOf(titlesOf(group)) <= room;
}

const longestMark = ' [acknowledged]'.length;

function titlesOf({ lead, along }: Group): string {
  return [lead, ...along.map(({ lead: other }) => other)].map(({ title }) => title).join(' + ');
}

function titleLine(group: Group, showing: Showing): PrintableText {
  const { lead, fresh } = group;
  const { number, look } = showing;
  const start = startOf(lead, number);
  const mark = lead['status'] === 'acknowledged' ? ' [acknowledged]' : fresh === undefined || fresh === 0 ? '' : ' [new]';
  const titles = isNamedInTitle(group, showing) ? titlesOf(group) : lead.title;
  const title = look.style.bold(fitted(titles, look.columns - start.length - mark.length));
  return joined([painted(start, lead.severity, look.style), title, look.style.green(printable(mark))], '');
}

function startOf({ severity }: Finding, number: number): string {
  return `${String(number).padStart(2)}. ${severity}  `;
}

/** A shorter name of a log says little. */
const leastLog = 12;

/** Whom, how often, when, and in which log; in one line where they fit. */
function factLines(lead: Finding, look: Look): readonly PrintableText[] {
  const span = look.clock.span(new Date(lead.first_seen), new Date(lead.last_seen));
  const count = `${counted(lead.count, 'entry', 'entries')}, ${span}`;
  const columns = look.columns - indent.length;
  // A finding about a log names it already.
  if (lead.entity.type === 'source') return factLine(fittedEnd(logIn(lead.entity.value), columns - widthOf(count) - 2), count);
  const facts = `${fitted(entityIn(lead), 60)}, ${count}`;
  const room = columns - widthOf(facts) - ', '.length - moreLogs(lead).length;
  if (room >= leastLog) return factLine(facts, logsOf(lead, room));
  return indented(`${facts}, ${logsOf(lead, 60)}`, '', { look, maxLines: 2 });
}

function factLine(one: string, other: string): readonly PrintableText[] {
  return [joined([indent, printable(`${one}, ${other}`)], '')];
}

/** The log that the finding is from, and how many more its evidence comes from. */
function logsOf(lead: Finding, columns: number): string {
  return `${fittedEnd(logIn(lead.log.source), columns)}${moreLogs(lead)}`;
}

function moreLogs({ log, evidence }: Finding): string {
  const more = new Set(evidence.map((entry) => entry.log.source).filter((source) => source !== log.source)).size;
  return more === 0 ? '' : ` and ${counted(more, 'more log', 'more logs')}`;
}

function evidenceLines(entry: Evidence, lead: Finding, { look, maxLines }: Room): readonly PrintableText[] {
  const { columns, style, clock } = look;
  const isOneDay = clock.isOneDay(new Date(lead.first_seen), new Date(lead.last_seen));
  const start = `${clock.entry(new Date(entry.timestamp), isOneDay)} `;
  const room = columns - indent.length - 2 - start.length;
  const lines = maxLines === 1 ? [fitted(bodyOf(entry), room)] : wrapped(bodyOf(entry), room, maxLines);
  const blank = ' '.repeat(start.length);
  return lines.map((line, index) => joined([indent, style.dim(printable(`| ${index === 0 ? start : blank}${line}`))], ''));
}

function adviceOf({ action }: Finding, look: Look, maxLines: number): readonly PrintableText[] {
  return typeof action === 'string' ? indented(action, 'Do: ', { look, maxLines, isWhole: maxLines > 2 }) : [];
}

/** How many of the others are named; who they are all is in the database. */
const maxNamed = 4;

/** The other findings by whom they are about, or by what they say when that is what differs. */
function alsoOf(lead: Finding, others: readonly Finding[], look: Look): readonly PrintableText[] {
  if (others.length === 0) return [];
  const seen = new Set([entityIn(lead)]);
  const named = others.slice(0, maxNamed).map((other, index) => {
    const count = entriesAt(index, other.count);
    const name = other.title === lead.title ? entityIn(other) : other.title;
    // Only its time tells a second burst of the same entity from the first.
    const when = seen.has(name) ? `, ${look.clock.moment(new Date(other.last_seen))}` : '';
    seen.add(name);
    return `${fitted(name, 40)} (${count}${when})`;
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
