import type { Finding } from '../../model/envelope.ts';
import { type Severity, severityRank } from '../../model/severity.ts';
import type { Clock } from '../clock.ts';
import type { Digest } from '../digest.ts';
import type { Slot, Trend } from '../trend.ts';
import { counted, entityIn, numeral, worstFirst } from '../words.ts';
import { clip, type Html, html, nothing } from './markup.ts';

/** Entries over time, in stacked bars by severity, and by the hour of the day. */
export function trendChart({ trend, hours }: Digest, clock: Clock): Html {
  const { slots, slotMs } = trend;
  const tallest = Math.max(1, ...slots.map(sumIn));
  const bars = slots.map((slot, index) =>
    barOf(slot, { index, tallest, title: `${slotName(slot, trend, clock)}: ${saidIn(slot)}` }),
  );
  const [first, last] = [slots[0], slots.at(-1)];
  if (first === undefined || last === undefined) return nothing;
  const present = worstFirst.filter((severity) => slots.some(({ entries }) => entries[severity] > 0));
  const keys = present.map((name) => html`<span><span class="key ${name.toLowerCase()}"></span>${name}</span>`);
  const sum = slots.reduce((total, slot) => total + sumIn(slot), 0);
  const label = `${counted(sum, 'entry', 'entries')} behind the findings, by time; at most ${numeral(tallest)} in one column`;
  return html`<figure class="panel"><figcaption>Entries behind the findings, in each ${lengthOf(slotMs)}</figcaption>
<svg class="bars" viewBox="0 0 ${slots.length * 10} 100" preserveAspectRatio="none" role="img" aria-label="${label}">${bars}</svg>
<div class="axis"><span>${clock.moment(first.start)}</span><span>${clock.moment(new Date(last.start.getTime() + slotMs))}</span></div>
<div class="legend">${keys}</div>
${heatStrip(hours, clock)}</figure>`;
}

function barOf(slot: Slot, { index, tallest, title }: { index: number; tallest: number; title: string }): Html {
  let top = 100;
  const parts = worstFirst.map((severity) => {
    const entries = slot.entries[severity];
    if (entries === 0) return nothing;
    // What is there at all must be seen.
    const height = Math.max(1.5, (entries / tallest) * 99);
    top = Math.max(0, top - height);
    return html`<rect class="${severity.toLowerCase()}" x="${index * 10 + 1}" y="${top.toFixed(1)}" width="8" height="${height.toFixed(1)}"/>`;
  });
  const base = html`<rect class="none" x="${index * 10 + 1}" y="99" width="8" height="1"/>`;
  return sumIn(slot) === 0 ? base : html`<g><title>${title}</title>${parts}</g>`;
}

function sumIn({ entries }: Slot): number {
  return worstFirst.reduce((sum, severity) => sum + entries[severity], 0);
}

function saidIn({ entries }: Slot): string {
  return worstFirst
    .filter((severity) => entries[severity] > 0)
    .map((severity) => `${numeral(entries[severity])} ${severity}`)
    .join(', ');
}

function slotName({ start }: Slot, { slotMs }: Trend, clock: Clock): string {
  return slotMs >= 86_400_000 ? clock.day(start) : clock.moment(start);
}

function lengthOf(slotMs: number): string {
  const hours = slotMs / 3_600_000;
  if (hours === 1) return 'hour';
  return hours < 48 ? (hours === 24 ? 'day' : `${hours} hours`) : `${hours / 24} days`;
}

const heatSteps = [0.2, 0.4, 0.6, 0.8, 1] as const;

/** Which hours of the day are busy, whatever the day; the darker, the more. */
function heatStrip(hours: readonly { readonly hour: string; readonly entries: number }[], clock: Clock): Html {
  const counts = Array.from({ length: 24 }, () => 0);
  for (const { hour, entries } of hours) {
    const index = clock.hour(new Date(hour));
    counts[index] = (counts[index] ?? 0) + entries;
  }
  const most = Math.max(1, ...counts);
  const cells = counts.map((count, hour) => {
    const opacity = heatSteps[Math.min(4, Math.floor((count / most) * 5))] ?? 1;
    const title = html`<title>${hour}:00 to ${hour}:59: ${counted(count, 'entry', 'entries')}</title>`;
    const kind = count === 0 ? html`class="none"` : html`class="hot" fill-opacity="${opacity}"`;
    return html`<rect ${kind} x="${hour * 10 + 0.5}" y="0" width="9" height="20" rx="1.5">${title}</rect>`;
  });
  const label = `Busiest hour of the day: ${counts.indexOf(most)}:00, with ${counted(most, 'entry', 'entries')}`;
  return html`<p class="head">By the hour of the day</p>
<svg class="heat" viewBox="0 0 240 20" preserveAspectRatio="none" role="img" aria-label="${label}">${cells}</svg>
<div class="axis"><span>0:00</span><span>6:00</span><span>12:00</span><span>18:00</span><span>24:00</span></div>`;
}

const maxSources = 6;

/** Who is behind most entries. */
export function topSources(findings: readonly Finding[]): Html {
  const sums = new Map<string, { name: string; entries: number; severity: Severity }>();
  for (const finding of findings) {
    if (finding.entity.type !== 'ip' && finding.entity.type !== 'user') continue;
    const name = entityIn(finding);
    const known = sums.get(name) ?? { name, entries: 0, severity: finding.severity };
    known.entries += finding.count;
    if (severityRank(finding.severity) > severityRank(known.severity)) known.severity = finding.severity;
    sums.set(name, known);
  }
  const top = [...sums.values()].sort((one, other) => other.entries - one.entries).slice(0, maxSources);
  const most = top[0]?.entries ?? 1;
  const rows = top.map(({ name, entries, severity }) => {
    const width = Math.max(1, (entries / most) * 100).toFixed(1);
    return html`<li><span>${clip(name, 80)}</span><b>${numeral(entries)}</b>
<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="none" width="100" height="4"/><rect class="${severity.toLowerCase()}" width="${width}" height="4"/></svg></li>`;
  });
  return rows.length === 0
    ? nothing
    : html`<section class="panel"><p class="head">Entries by source</p><ul class="who">${rows}</ul></section>`;
}

/** The tactics of ATT&CK for enterprises, in the order of an attack. Source: MITRE ATT&CK v17. */
const tactics: readonly (readonly [id: string, name: string])[] = [
  ['TA0043', 'Reconnaissance'],
  ['TA0042', 'Resource Development'],
  ['TA0001', 'Initial Access'],
  ['TA0002', 'Execution'],
  ['TA0003', 'Persistence'],
  ['TA0004', 'Privilege Escalation'],
  ['TA0005', 'Defense Evasion'],
  ['TA0006', 'Credential Access'],
  ['TA0007', 'Discovery'],
  ['TA0008', 'Lateral Movement'],
  ['TA0009', 'Collection'],
  ['TA0011', 'Command and Control'],
  ['TA0010', 'Exfiltration'],
  ['TA0040', 'Impact'],
];

/** How far attacks went, by the tactics of ATT&CK; each in the colour of the worst finding that has it. */
export function tacticStrip(findings: readonly Finding[]): Html {
  const seen = new Map<string, { findings: number; worst: Severity }>();
  for (const { threat, severity } of findings) {
    const ids = Array.isArray(threat?.tactic) ? threat.tactic.map((tactic) => String(tactic?.id)) : [];
    for (const id of new Set(ids)) {
      const known = seen.get(id) ?? { findings: 0, worst: severity };
      known.findings++;
      if (severityRank(severity) > severityRank(known.worst)) known.worst = severity;
      seen.set(id, known);
    }
  }
  if (!tactics.some(([id]) => seen.has(id))) return nothing;
  const cells = tactics.map(([id, name]) => {
    const found = seen.get(id);
    return found === undefined
      ? html`<li>${name}<b>0</b></li>`
      : html`<li class="${found.worst.toLowerCase()}">${name}<b>${numeral(found.findings)}</b></li>`;
  });
  return html`<section class="panel"><p class="head">Findings by tactic of MITRE ATT&amp;CK</p><ol class="tactics">${cells}</ol></section>`;
}
