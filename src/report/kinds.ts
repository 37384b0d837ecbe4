import { at } from '../model/decode.ts';
import type { Finding } from '../model/envelope.ts';
import { type Group, membersOf } from './groups.ts';
import { bodyOf, entityIn, numeral } from './words.ts';

/** Entries of one kind that a group of findings tells of. */
export interface ToldKind {
  /** `9x`, or `9x mysqld:` where the group is about several. */
  readonly start: string;
  /** One of its entries. */
  readonly example: string;
}

/** The most frequent kinds of what no rule knows. */
export interface ToldKinds {
  readonly listed: readonly ToldKind[];
  /** How to see those that are not listed; undefined when all are. */
  readonly rest: string | undefined;
}

/** Which kinds of error the findings of a group are about, at most so many; nothing where rules say what they are about. */
export function kindsOf(group: Group, maxListed: number): ToldKinds {
  const findings = membersOf([group]).flatMap((finding) => {
    const kinds = kindsIn(finding);
    return kinds.length === 0 ? [] : [{ finding, kinds }];
  });
  const isOfSeveral = new Set(findings.map(({ finding }) => entityIn(finding))).size > 1;
  // The first of each service before the second of any: one that writes much must not hide the others.
  const all = findings.flatMap(({ finding, kinds }) => kinds.map((kind, rank) => ({ ...kind, rank, finding })));
  all.sort((one, other) => one.rank - other.rank || other.count - one.count);
  const most = all.slice(0, maxListed).sort((one, other) => other.count - one.count);
  const left = findings.reduce((sum, { finding }) => sum + finding.count, -most.reduce((sum, { count }) => sum + count, 0));
  const [first] = findings;
  return {
    listed: most.map(({ count, example, finding }) => {
      return { start: isOfSeveral ? `${numeral(count)}x ${shortName(finding)}:` : `${numeral(count)}x`, example };
    }),
    rest:
      first === undefined || left <= 0
        ? undefined
        : `${numeral(left)} of other kinds (see them with --rule ${first.finding.rule.name})`,
  };
}

/** Of a log, the last part of its path. */
function shortName({ entity: { value } }: Finding): string {
  const name = value.slice(value.lastIndexOf('/') + 1);
  return name.length > maxName ? `…${name.slice(1 - maxName)}` : name;
}

const maxName = 24;

/** What a finding says of kinds; its fields beside those that are always there are not checked when it is read. */
function kindsIn(finding: Finding): readonly { readonly count: number; readonly example: string }[] {
  const listed = finding['templates'];
  if (Array.isArray(listed)) {
    return listed.flatMap((kind: unknown) => {
      const [count, example] = [at(kind, ['count']), at(kind, ['example'])];
      return typeof count === 'number' && typeof example === 'string' && example.trim() !== '' ? [{ count, example }] : [];
    });
  }
  const [first] = finding.evidence;
  const isOfOneKind = typeof at(finding, ['template', 'text']) === 'string';
  return isOfOneKind && first !== undefined ? [{ count: finding.count, example: bodyOf(first) }] : [];
}
