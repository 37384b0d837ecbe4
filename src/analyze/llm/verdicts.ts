import type { Finding } from '../../model/envelope.ts';
import { BoundedTable } from '../bounded-table.ts';
import { findingWeight } from '../finding.ts';
import type { Change, Stateful } from '../state/stateful.ts';
import { type Judgement, withJudgement } from './verdict.ts';

/** Most findings that are remembered, with their verdict, for when they grow. */
const maxRemembered = 20_000;

/** Most memory for findings as they stand, in bytes: one has up to ten entries of 2 KiB. */
const maxNewestBytes = 16 * 1024 * 1024;

/** Which finding has had which verdict, and how findings stand now. */
export class Verdicts implements Stateful {
  readonly #judgements = new Map<string, Judgement>();
  /** The newest state of findings, because a case may hold an older one. */
  readonly #newest = new BoundedTable<Finding>({ entries: maxRemembered, weight: maxNewestBytes }, () => {});
  /** Ids whose verdict has changed; undefined while nobody asks. */
  #changed: Set<string> | undefined;

  /** Notes how a finding stands; gives it with the verdict that it has had, if it has had one. */
  see(finding: Finding): Finding {
    this.#newest.remove(finding.id);
    this.#newest.use(finding.id, () => finding);
    this.#newest.weigh(finding.id, findingWeight(finding));
    const known = this.#judgements.get(finding.id);
    return known === undefined ? finding : withJudgement(finding, known);
  }

  /** Notes a verdict; gives the newest state of the finding with it. */
  judged(finding: Finding, judgement: Judgement): Finding {
    this.#judgements.set(finding.id, judgement);
    this.#changed?.add(finding.id);
    if (this.#judgements.size > maxRemembered) this.#changed?.add(forgetFirst(this.#judgements));
    return withJudgement(this.newestOf(finding), judgement);
  }

  /** Whether a finding has had a verdict. */
  has({ id }: Finding): boolean {
    return this.#judgements.has(id);
  }

  /** The newest state that was seen of a finding. */
  newestOf(finding: Finding): Finding {
    return this.#newest.peek(finding.id) ?? finding;
  }

  *all(): Generator<Change, void> {
    this.#changed = new Set();
    yield* this.#judgements;
  }

  *changes(): Generator<Change, void> {
    for (const id of this.#changed ?? []) yield [id, this.#judgements.get(id)];
    this.#changed?.clear();
  }

  restore(key: string, value: unknown): void {
    // From `all` or `changes`.
    this.#judgements.set(key, value as Judgement);
  }
}

function forgetFirst(table: Map<string, unknown>): string {
  const [first = ''] = table.keys();
  table.delete(first);
  return first;
}
