import { styleFor } from '../../io/style.ts';
import type { Finding } from '../../model/envelope.ts';
import type { Digest } from '../digest.ts';
import type { Group } from '../groups.ts';
import { kindsOf } from '../kinds.ts';
import { code, sentence } from '../markdown.ts';
import type { Look, Renderer } from '../renderer.ts';
import { coverageLines, creditLines, goneLines, hiddenLines, modelLines, unlistedLines } from '../text/footer.ts';
import { emptyLines, newLines, openLines, verdictWords, whenWords } from '../text/verdict.ts';
import { bodyOf, counted, entityIn, entriesAt, logIn, numeral, twoOf } from '../words.ts';

/** The digest for chats, tickets and wikis. Source: CommonMark 0.31, GitHub Flavored Markdown (tables). */
const markdown: Renderer = {
  isGrouped: true,
  defaultLimit: 50,
  async *render(digest, { clock }) {
    const look: Look = { columns: 500, clock, style: await styleFor(false) };
    yield `# ${sentence(verdictWords(digest, clock))}\n\n${sentence(whenWords(digest, clock))}\n`;
    yield paragraph(digest.groups.length === 0 ? emptyLines(digest, look) : newLines(digest, look));
    yield paragraph(openLines(digest, look));
    for (const [index, group] of digest.groups.entries()) yield sectionOf(group, index + 1, look);
    yield paragraph([...unlistedLines(digest, look), ...hiddenLines(digest, look)]);
    yield paragraph(goneLines(digest, look));
    yield siteTable(digest);
    yield paragraph([...coverageLines(digest, look), ...modelLines(digest, look), ...creditLines(digest, look)]);
  },
};

function paragraph(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${lines.map((line) => sentence(line.trim())).join('  \n')}\n`;
}

function sectionOf(group: Group, number: number, { clock }: Look): string {
  const { lead, others, along } = group;
  const entries = shownOf(group, clock);
  const advice = typeof lead.action === 'string' && lead.action !== '' ? [`**Do:** ${sentence(lead.action)}`] : [];
  const also = namesOf([...others, ...along.flatMap((group) => [group.lead, ...group.others])], lead);
  const paragraphs = [
    `## ${number}\\. ${lead.severity}: ${sentence(lead.title)}`,
    factsOf(lead, clock.span(new Date(lead.first_seen), new Date(lead.last_seen))),
    sentence(lead.summary),
    entries.join('\n'),
    ...advice,
    also,
  ];
  return paragraphs
    .filter((part) => part !== '')
    .map((part) => `\n${part}\n`)
    .join('');
}

/** Most kinds of error in one section. */
const maxKinds = 5;

/** What shows that it is so: kinds of error, or else two entries. */
function shownOf(group: Group, clock: Look['clock']): readonly string[] {
  const { listed, rest } = kindsOf(group, maxKinds);
  const { lead } = group;
  const isOneDay = clock.isOneDay(new Date(lead.first_seen), new Date(lead.last_seen));
  if (listed.length === 0) {
    return twoOf(lead.evidence).map(
      (entry) => `- ${sentence(clock.entry(new Date(entry.timestamp), isOneDay))} ${code(bodyOf(entry))}`,
    );
  }
  const kinds = listed.map(({ start, example }) => `- ${sentence(start)} ${code(example)}`);
  return rest === undefined ? kinds : [...kinds, `- ${sentence(rest)}`];
}

function factsOf(lead: Finding, span: string): string {
  const entity = lead.entity.type === 'source' ? logIn(lead.entity.value) : entityIn(lead);
  return `${code(entity)}, ${counted(lead.count, 'entry', 'entries')}, ${sentence(span)}, ${code(logIn(lead.log.source))}`;
}

const maxNamed = 8;

function namesOf(others: readonly Finding[], lead: Finding): string {
  if (others.length === 0) return '';
  const named = others.slice(0, maxNamed).map((other, index) => {
    const count = entriesAt(index, other.count);
    return `${other.title === lead.title ? code(entityIn(other)) : sentence(other.title)} (${count})`;
  });
  const rest = others.length - named.length;
  return `Also: ${named.join(', ')}${rest > 0 ? ` and ${counted(rest, 'other', 'others')}` : ''}`;
}

const maxSites = 50;

function siteTable({ sites }: Digest): string {
  if (sites.length === 0) return '';
  const rows = sites.slice(0, maxSites).map(({ name, requests, refused, failed, attack }) => {
    return `| ${code(name)} | ${numeral(requests)} | ${numeral(refused)} | ${numeral(failed)} | ${sentence(attack?.title ?? '')} |\n`;
  });
  return `\n| Site | Requests | 4xx | 5xx | Top attack |\n| --- | ---: | ---: | ---: | --- |\n${rows.join('')}`;
}

export default markdown;
