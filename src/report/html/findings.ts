import type { Evidence, Finding } from '../../model/envelope.ts';
import type { Clock } from '../clock.ts';
import type { Digest } from '../digest.ts';
import { type Group, sumOfGroup } from '../groups.ts';
import { kindsOf } from '../kinds.ts';
import { storyOf } from '../story.ts';
import { bodyOf, counted, entityIn, entriesAt, logIn, numeral, twoOf } from '../words.ts';
import { clip, clipBytes, type Html, html, nothing } from './markup.ts';

/**
 * Bytes for the groups, so that a page of a thousand stays below 300 kB: the rest of one, with its tables as long as they may be,
 * takes less than 100 kB.
 */
const maxBytes = 200_000;

/** What the worst may take, however many more were asked for. */
const minBytes = 60_000;

/** What is critical or wrong, each on a card of its own, then what to watch, which opens; those for which there is no room have one line each. */
export function listing(groups: readonly Group[], clock: Clock): Html {
  const [urgent, calm] = [groups.filter(isUrgent), groups.filter((group) => !isUrgent(group))];
  const whole = [...urgent, ...calm].map((group) => ({ group, brief: briefOf(group, clock) }));
  const left = whole.reduce((room, { brief }) => room - sizeOf(brief), maxBytes);
  const full: Html[] = [];
  let room = Math.max(left, minBytes);
  for (const { group, brief } of whole) {
    const markup = isUrgent(group) ? cardOf(group, clock) : lineOf(group, clock);
    room -= sizeOf(markup) - sizeOf(brief);
    if (room < 0) break;
    full.push(markup);
  }
  const briefs = (from: number, to?: number): Html => briefList(whole.slice(Math.max(from, full.length), to));
  const count = urgent.length;
  const cards = html`<h2>To act on</h2>${full.slice(0, count)}${briefs(0, count)}`;
  const opened = full.length > count ? html`<section class="panel rows">${full.slice(count)}</section>` : nothing;
  const lines = html`<h2>To watch</h2>${opened}${briefs(count)}`;
  return html`${count > 0 ? cards : nothing}${calm.length > 0 ? lines : nothing}`;
}

function sizeOf(markup: Html): number {
  return Buffer.byteLength(String(markup));
}

function briefList(groups: readonly { readonly brief: Html }[]): Html {
  return groups.length === 0 ? nothing : html`<ul class="panel brief">${groups.map(({ brief }) => brief)}</ul>`;
}

function isUrgent({ lead }: Group): boolean {
  return lead.severity === 'CRITICAL' || lead.severity === 'ERROR';
}

function cardOf(group: Group, clock: Clock): Html {
  const { lead } = group;
  return html`<article class="finding ${lead.severity.toLowerCase()}">
<div class="top">${tagOf(lead)}${newOf(group)}</div>
<h3>${clip(lead.title, 200)}</h3>
<p class="facts">${factsOf(lead, clock)}</p>
${bodyOfCard(group, clock)}
</article>
`;
}

function lineOf(group: Group, clock: Clock): Html {
  const { lead } = group;
  const name = html`<span class="name">${clip(lead.title, 200)} <span class="who-in">${whoIn(group, 80)}</span></span>`;
  const head = html`${tagOf(lead)}${name}<span class="count">${countIn(group, clock)}</span>`;
  return html`<details><summary>${head}</summary><div class="more"><p class="facts">${newOf(group)} ${factsOf(lead, clock)}</p>${bodyOfCard(group, clock)}</div></details>
`;
}

/** A group in one line, with no more markup than it needs: there may be a thousand, of whatever characters. */
function briefOf(group: Group, clock: Clock): Html {
  const { lead } = group;
  return html`<li>${lead.severity} <b>${clipBytes(lead.title, 100)}</b> ${whoIn(group, 60)} · ${countIn(group, clock)}</li>
`;
}

function whoIn({ lead, others }: Group, length: number): string {
  const entities = new Set([lead, ...others].map(entityIn)).size;
  return `${clipBytes(entityIn(lead), length)}${entities === 1 ? '' : ` and ${numeral(entities - 1)} more`}`;
}

function countIn(group: Group, clock: Clock): string {
  const { count, lastSeen } = sumOfGroup(group);
  return `${numeral(count)} × ${clock.brief(lastSeen)}`;
}

function bodyOfCard(group: Group, clock: Clock): Html {
  const { lead, others, along } = group;
  const entries = shownOf(group, clock);
  const advice =
    typeof lead.action === 'string' && lead.action !== ''
      ? html`<p class="do"><strong>Do:</strong> ${clip(lead.action, 1_200)}</p>`
      : nothing;
  const list = entries.length === 0 ? nothing : html`<ul class="entries">${entries}</ul>`;
  return html`<p>${clip(lead.summary, 1_200)}</p>${list}${advice}${alsoOf(lead, [...others, ...along.flatMap((group) => [group.lead, ...group.others])], clock)}`;
}

/** Most kinds of error on one card. */
const maxKinds = 10;

/** What shows that it is so: kinds of error, or else two entries. */
function shownOf(group: Group, clock: Clock): readonly Html[] {
  const { listed, rest } = kindsOf(group, maxKinds);
  const { lead } = group;
  const isOneDay = clock.isOneDay(new Date(lead.first_seen), new Date(lead.last_seen));
  if (listed.length === 0)
    return twoOf(lead.evidence).map((entry) => entryOf(entry, clock.entry(new Date(entry.timestamp), isOneDay)));
  const kinds = listed.map(({ start, example }) => html`<li><code>${clip(start, 60)}</code><code>${clip(example)}</code></li>`);
  return rest === undefined ? kinds : [...kinds, html`<li><span></span><span class="muted">${rest}</span></li>`];
}

function entryOf(entry: Evidence, time: string): Html {
  return html`<li><code><time datetime="${instant(entry.timestamp)}">${time}</time></code><code>${clip(bodyOf(entry))}</code></li>`;
}

/** A time as HTML has it, whatever form of RFC 3339 it came in. */
function instant(timestamp: string): string {
  return new Date(timestamp).toISOString();
}

const maxNamed = 12;

function alsoOf(lead: Finding, others: readonly Finding[], clock: Clock): Html {
  if (others.length === 0) return nothing;
  const seen = new Set([entityIn(lead)]);
  const named = others.slice(0, maxNamed).map((other, index) => {
    const count = entriesAt(index, other.count);
    const name = other.title === lead.title ? entityIn(other) : other.title;
    const when = seen.has(name) ? `, ${clock.brief(new Date(other.last_seen))}` : '';
    seen.add(name);
    return `${clip(name, 60)} (${count}${when})`;
  });
  const rest = others.length - named.length;
  return html`<p class="also muted">Also: ${named.join(', ')}${rest > 0 ? ` and ${counted(rest, 'other', 'others')}` : ''}</p>`;
}

function tagOf({ severity }: Finding): Html {
  return html`<span class="tag ${severity.toLowerCase()}">${severity}</span>`;
}

function newOf({ lead, fresh }: Group): Html {
  if (lead['status'] === 'acknowledged') return html`<span class="tag muted">acknowledged</span>`;
  if (fresh === undefined) return nothing;
  return fresh === 0 ? html`<span class="tag muted">again</span>` : html`<span class="tag new">new</span>`;
}

function factsOf(lead: Finding, clock: Clock): string {
  const span = clock.span(new Date(lead.first_seen), new Date(lead.last_seen));
  const facts = [entityOf(lead), counted(lead.count, 'entry', 'entries'), span];
  return (lead.entity.type === 'source' ? facts : [...facts, clip(logIn(lead.log.source), 200)]).join(' · ');
}

function entityOf(lead: Finding): string {
  return clip(lead.entity.type === 'source' ? logIn(lead.entity.value) : entityIn(lead), 200);
}

/** What happened around the entity that was asked for, in the order of time. */
export function story(digest: Digest, clock: Clock): Html {
  if (digest.entity === undefined || digest.findings.length === 0) return nothing;
  const { scenes, omitted } = storyOf(digest.findings);
  const rows = scenes.map(({ entry, begins }) => {
    const titles = begins.map((finding) => html`<li><span></span><strong>${clip(finding.title, 200)}</strong></li>`);
    return html`${titles}${entryOf(entry, clock.entry(new Date(entry.timestamp), false))}`;
  });
  const more =
    omitted > 0 ? html`<p class="also muted">and ${counted(omitted, 'more entry', 'more entries')} between</p>` : nothing;
  return html`<h2>In order: ${clip(digest.entity, 200)}</h2><section class="panel"><ul class="entries">${rows}</ul>${more}</section>`;
}
