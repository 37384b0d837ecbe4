import type { LogRecord } from '../model/envelope.ts';
import { isAtLeastLevel, type Level } from '../model/level.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import type { Exclusion } from './exclude.ts';
import type { RecordTest } from './expression/expression.ts';
import type { FieldWatch } from './expression/field-watch.ts';
import { keywordTest } from './keywords.ts';

/** Why a record is kept or dropped. */
export type Verdict = 'relevant' | 'keyword' | 'level' | 'asked' | 'excluded' | 'outside' | 'noise';

/** What to keep. */
export interface Criteria {
  /** In lower case. */
  readonly keywords: readonly string[];
  readonly isExcluded: Exclusion;
  /** False when `isExcluded` never holds. */
  readonly isExcluding: boolean;
  readonly minLevel: Level;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  /** An expression that decides alone, or with keywords when these are asked alone. */
  readonly where: RecordTest | undefined;
  /** Looks whether there are such fields as `where` asks about. */
  readonly watch?: FieldWatch | undefined;
  readonly isOnlyKeywords: boolean;
  /** The rules that a record may be relevant to; undefined when they are not asked. */
  readonly rules: RuleSet | undefined;
}

/** Tells of each record whether it is kept, and why; the same for the same record, whatever came before. */
export function selectionBy(criteria: Criteria): (record: LogRecord) => Verdict {
  const { keywords, minLevel, rules, where, watch, isExcluded, isOnlyKeywords } = criteria;
  const holdsKeyword = keywordTest(keywords);
  const isInside = isWithin(criteria.since, criteria.until);
  return (record) => {
    watch?.take(record);
    if (!isInside(record)) return 'outside';
    if (isExcluded(record.original)) return 'excluded';
    if (where !== undefined && !where(record)) return 'noise';
    if (where !== undefined && !isOnlyKeywords) return 'asked';
    // Rules come first: whatever a finding needs is kept, so that none is lost.
    if (rules?.isRelevant(record) === true) return 'relevant';
    if (rules !== undefined && isUrgent(record, minLevel)) return 'level';
    return holdsKeyword(record) ? 'keyword' : 'noise';
  };
}

/** Tells whether a verdict lets a record pass. */
export function isKeeping(verdict: Verdict): boolean {
  return verdict !== 'excluded' && verdict !== 'outside' && verdict !== 'noise';
}

function isWithin(since: Date | undefined, until: Date | undefined): (record: LogRecord) => boolean {
  if (since === undefined && until === undefined) return () => true;
  const [from, to] = [since?.getTime() ?? Number.NEGATIVE_INFINITY, until?.getTime() ?? Number.POSITIVE_INFINITY];
  return (record) => {
    const timeMs = Date.parse(record.timestamp);
    return timeMs >= from && timeMs <= to;
  };
}

function isUrgent({ log }: LogRecord, minLevel: Level): boolean {
  return log.level !== undefined && isAtLeastLevel(log.level, minLevel);
}
