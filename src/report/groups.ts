import type { Finding } from '../model/envelope.ts';
import { type Severity, severities } from '../model/severity.ts';

/** Findings of one rule that differ in whom they are about; one of them speaks for all. */
export interface Group {
  /** The worst of them. */
  readonly lead: Finding;
  readonly others: readonly Finding[];
  /** Further groups, none worse, that are about nobody else: they are told of here, and not listed by themselves. */
  readonly along: readonly Group[];
  /** How many of its findings tell what was not there in the time before; undefined when nobody knows. */
  readonly fresh: number | undefined;
}

/** Tells findings of the same matter: one rule, one entity. */
export function matterOf(rule: string, entity: Finding['entity']): string {
  return JSON.stringify([rule, entity.type, entity.value]);
}

/** The groups of ranked findings, worst first; `known` holds what there was before, by `matterOf`. */
export function groupsOf(findings: readonly Finding[], known: ReadonlySet<string> | undefined): readonly Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.rule.name, finding.title]);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [finding]);
    else members.push(finding);
  }
  return folded([...groups.values()].flatMap((members) => groupOf(members, known)));
}

function groupOf(members: readonly Finding[], known: ReadonlySet<string> | undefined): readonly Group[] {
  const [lead, ...others] = members;
  if (lead === undefined) return [];
  const fresh =
    known === undefined ? undefined : members.filter(({ rule, entity }) => !known.has(matterOf(rule.name, entity))).length;
  return [{ lead, others, along: [], fresh }];
}

/** Into which severities a group may fold: a thing to act on keeps its own place unless the worst of all tells of it. */
const folds: Readonly<Record<Severity, readonly Severity[]>> = {
  CRITICAL: [],
  ERROR: ['CRITICAL'],
  WARNING: severities,
  INFO: severities,
};

/** Tells whether a group may be told of by one that is no better and about the same entity. */
function mayFold({ lead }: Group, { lead: owner }: Group): boolean {
  const isSameKind = lead.category === owner.category;
  switch (lead.entity.type) {
    // Much happens on one machine and in one log: a backup that failed is no part of a disk that fails.
    case 'host':
    case 'source':
      return lead.severity !== 'ERROR' && isSameKind && folds[lead.severity].includes(owner.severity);
    // A service that fails and one that keeps crashing, a mail account that sends spam and from many places.
    case 'process':
    case 'user':
      return (
        folds[lead.severity].includes(owner.severity) || (lead.severity === 'ERROR' && owner.severity === 'ERROR' && isSameKind)
      );
    default:
      // The guessing is how the login came to be that is told of above it.
      if (lead.category === 'bruteforce' && owner.category === 'credential' && lead.severity === owner.severity) return true;
      return folds[lead.severity].includes(owner.severity);
  }
}

/** Puts groups whose entities all belong to one group before them into that one. */
function folded(groups: readonly Group[]): readonly Group[] {
  const listed: (Group & { readonly along: Group[] })[] = [];
  const owners = new Map<string, Group & { readonly along: Group[] }>();
  for (const group of groups) {
    const entities = [group.lead, ...group.others].map(({ entity }) => `${entity.type} ${entity.value}`);
    const [owner, ...more] = new Set(entities.map((entity) => owners.get(entity)));
    if (owner !== undefined && more.length === 0 && mayFold(group, owner)) {
      owner.along.push(group);
      continue;
    }
    const kept = { ...group, along: [] };
    listed.push(kept);
    for (const entity of entities) if (!owners.has(entity)) owners.set(entity, kept);
  }
  return listed;
}

/** How many entries the findings of one title have together, and when the last of them was. */
export function sumOfGroup({ lead, others }: Group): { readonly count: number; readonly lastSeen: Date } {
  let [count, lastMs] = [0, 0];
  for (const finding of [lead, ...others]) {
    count += finding.count;
    lastMs = Math.max(lastMs, Date.parse(finding.last_seen));
  }
  return { count, lastSeen: new Date(lastMs) };
}

/** All findings that the groups tell of. */
export function membersOf(groups: readonly Group[]): readonly Finding[] {
  return groups.flatMap(({ lead, others, along }) => [lead, ...others, ...membersOf(along)]);
}
