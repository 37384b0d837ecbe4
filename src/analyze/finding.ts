import { type Finding, schema } from '../model/envelope.ts';
import type { Burst, Told } from './burst.ts';
import { clipped } from './clipped.ts';
import { fillTemplate } from './placeholders.ts';
import { hasHappened, riskScore } from './risk.ts';

/** Longest entity that is shown, in bytes: a log's path may be so long, a name that an attacker writes may be longer. */
const maxEntityBytes = 4 * 1024;

/** What a finding and each of its entries take beside the texts of these, in bytes. */
const fixedWeight = 2_000;
const entryWeight = 200;

/** About how much memory a finding takes, in bytes. */
export function findingWeight({ evidence }: Finding): number {
  let weight = fixedWeight;
  for (const { original, message } of evidence) weight += entryWeight + original.length + (message?.length ?? 0);
  return weight;
}

/** The finding that tells of a burst as it stands. */
export function findingOf(burst: Burst<Told>, now: Date): Finding {
  const { rule, origin, entity } = burst;
  const [ip] = burst.ips;
  const sourceIp = entity.type === 'ip' ? clipped(entity.value, maxEntityBytes) : burst.ips.length === 1 ? ip : undefined;
  const severity = severityOf(burst);
  const spread = burst.ips.length + burst.users.length + burst.hosts.length;
  return {
    schema,
    type: 'finding',
    id: burst.id,
    severity,
    title: rule.findingTitle === undefined ? rule.title : fillTemplate(rule.findingTitle, burst),
    summary: fillTemplate(rule.summary ?? defaultSummary, burst),
    ...(rule.action !== undefined && { action: fillTemplate(rule.action, burst) }),
    rule: {
      id: rule.id,
      name: rule.name,
      ...(rule.author !== undefined && { author: rule.author }),
      ...(rule.license !== undefined && { license: rule.license }),
      ...(rule.references.length > 0 && { reference: rule.references }),
    },
    ...(rule.threat !== undefined && { threat: rule.threat }),
    category: rule.category,
    entity: { type: entity.type, value: clipped(entity.value, maxEntityBytes) },
    ...(sourceIp !== undefined && { source: { ip: sourceIp } }),
    ...relatedOf(burst),
    count: burst.count,
    first_seen: burst.first.timestamp,
    last_seen: burst.last.timestamp,
    risk_score: riskScore({
      severity,
      hasHappened: hasHappened(rule.category, burst.successes),
      count: burst.count,
      spread,
      isNew: !burst.isRepeat,
    }),
    evidence: burst.evidence.list(),
    log: { source: origin.source, ...(origin.dataset !== undefined && { dataset: origin.dataset }) },
    analyzer: { engine: 'rules', rule_severity: rule.severity },
    processed_at: now.toISOString(),
  };
}

/** What concerns the server itself, whoever asked for it. */
const ownTroubles: readonly Finding['category'][] = ['availability', 'config', 'integrity'];

/** The severity of the rule; but what only guests did is no more than a note. */
function severityOf({ rule, isOfGuests }: Burst<Told>): Finding['severity'] {
  return isOfGuests && !ownTroubles.includes(rule.category) ? 'INFO' : rule.severity;
}

const defaultSummary = '{count} matching {entries} of {entity}, {span}.';

function relatedOf({ ips, users, hosts }: Burst<Told>): Pick<Finding, 'related'> {
  if (ips.length + users.length + hosts.length === 0) return {};
  return {
    related: {
      ...(ips.length > 0 && { ip: ips }),
      ...(users.length > 0 && { user: users }),
      ...(hosts.length > 0 && { hosts }),
    },
  };
}
