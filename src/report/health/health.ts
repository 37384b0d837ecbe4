import type { Followed, Stream } from '../../database/followed.ts';
import type { Run } from '../../database/read.ts';
import type { Severity } from '../../model/severity.ts';
import type { ModelUse } from '../digest.ts';
import type { Coverage } from '../sites.ts';

/** How one log is read. */
export interface SourceHealth {
  readonly source: string;
  /** Bytes that were written and not read yet; undefined when that cannot be seen. */
  readonly behindBytes: number | undefined;
  /** When a mark that named it was stored last, and when it had last changed before; undefined for logs that marks say nothing of. */
  readonly committedAt: Date | undefined;
  readonly changedAt: Date | undefined;
  readonly coverage: Coverage;
}

/** Something that keeps lp from seeing what is in the logs. */
export interface Trouble {
  readonly severity: Severity;
  /** The log that it is about, if it is about one. */
  readonly source?: string;
  readonly text: string;
}

/** What a look at the health of lp itself is made of. */
export interface HealthInput {
  readonly now: Date;
  readonly since: Date;
  readonly lastRun: Run | undefined;
  readonly cutRuns: number;
  readonly streams: readonly Stream[];
  readonly followed: readonly Followed[];
  readonly coverage: readonly Coverage[];
  readonly model: ModelUse | undefined;
  /** How many bytes a file that is there under its name holds; undefined when that cannot be seen, or it is another file. */
  readonly sizeOf: (followed: Followed) => number | undefined;
}

/** Whether lp runs, and what it sees. */
export interface State extends Pick<HealthInput, 'now' | 'since' | 'lastRun' | 'cutRuns' | 'streams' | 'model' | 'coverage'> {
  /** True when a mark was stored a moment ago; undefined where there are no marks. */
  readonly isFollowing: boolean | undefined;
  /** Those that most waits of first, then those with most lines. */
  readonly sources: readonly SourceHealth[];
}

/** The same, with what is wrong, worst first. */
export interface Health extends State {
  readonly troubles: readonly Trouble[];
}

/** lp-tail writes a mark every half-minute at least, whatever happens. */
const heardOfMs = 120_000;

/** Puts together what is known. Never throws. */
export function stateOf(input: HealthInput): State {
  const { now, since, lastRun, cutRuns, streams, model, coverage } = input;
  const [latest] = streams;
  const isFollowing = latest && now.getTime() - latest.committedAt.getTime() < heardOfMs && lastRun?.endedAt === undefined;
  return { now, since, lastRun, cutRuns, streams, model, coverage, isFollowing, sources: sourcesOf(input) };
}

function sourcesOf({ followed, coverage, sizeOf }: HealthInput): readonly SourceHealth[] {
  const bySource = new Map<string, Followed[]>(coverage.map(({ source }) => [source, []]));
  for (const each of followed) {
    const { source } = each.position;
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [each]);
    else known.push(each);
  }
  const counts = new Map(coverage.map((each) => [each.source, each]));
  const sources = [...bySource].map(([source, files]): SourceHealth => {
    const behind = files.flatMap((file) => behindOf(file, sizeOf) ?? []);
    return {
      source,
      behindBytes: behind.length === 0 ? undefined : behind.reduce((sum, bytes) => sum + bytes, 0),
      committedAt: latestOf(files.map(({ committedAt }) => committedAt)),
      changedAt: latestOf(files.flatMap(({ position }) => (position.modified === undefined ? [] : new Date(position.modified)))),
      coverage: counts.get(source) ?? { source, lines: 0, joined: 0, unknown: 0, dead: 0 },
    };
  });
  const weight = ({ behindBytes = 0 }: SourceHealth): number => (behindBytes >= noticeableBytes ? behindBytes : 0);
  return sources.sort((a, b) => weight(b) - weight(a) || b.coverage.lines - a.coverage.lines || (a.source < b.source ? -1 : 1));
}

/** Half a line that waits for its end is nothing to tell of. */
const noticeableBytes = 64 * 1024;

function behindOf(file: Followed, sizeOf: HealthInput['sizeOf']): number | undefined {
  const size = sizeOf(file);
  const { offset, behind } = file.position;
  return size === undefined ? behind : Math.max(0, size - offset);
}

function latestOf(moments: readonly Date[]): Date | undefined {
  const [first, ...others] = moments;
  return others.reduce((latest, moment) => (latest !== undefined && latest > moment ? latest : moment), first);
}
