import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { explained } from './errors.ts';
import { migrations, schemaVersion } from './migrations.ts';
import { type Connection, connect } from './open.ts';
import { mustBeFile } from './place.ts';
import { mustBeReadable } from './readable.ts';

/** Where a finding stands. */
export type Status = 'open' | 'acknowledged' | 'resolved' | 'false_positive';

/** Which findings a person means; all of what is given must hold. */
export interface Target {
  /** Their ids, or beginnings of ids that nothing else begins with. */
  readonly ids: readonly string[];
  /** Name or id of a rule. */
  readonly rule: string | undefined;
  readonly entity: string | undefined;
}

/** Who does something, when, and what they say to it. */
export interface Deed {
  readonly action: string;
  readonly by: string;
  readonly at: Date;
  readonly text: string | undefined;
}

/** One thing that was done to a finding; what is not known is an empty text. */
export interface Done {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly action: string;
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

/** What is kept out of reports, until when and why; what does not matter is an empty text. */
export interface Suppression {
  readonly id: number;
  readonly finding: string;
  readonly rule: string;
  readonly entity: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly until: string;
}

/** The side of the database that people change findings by. Its methods throw `LpError`. */
export interface TriageDatabase {
  /** Gives the findings a status, or leaves it with undefined, and notes the deed; returns how many there are. */
  mark(target: Target, status: Status | undefined, deed: Deed): number;
  /** Keeps what the target means out of reports, also what is still to come; returns how many are kept out now. */
  suppress(target: Target, until: Date | undefined, deed: Deed): number;
  /** Ends suppressions of exactly this target; returns how many. */
  unsuppress(target: Target): number;
  history(): readonly Done[];
  suppressions(now: Date): readonly Suppression[];
  /** The JSON of each false positive, with the last that was said of it. */
  falsePositives(): readonly { readonly json: string; readonly text: string; readonly by: string; readonly at: string }[];
  close(): void;
}

/** Opens an existing database for triage. Throws `LpError` as `openDatabaseReader` does. */
export async function openTriage(path: string, lockTimeoutMs: number): Promise<TriageDatabase> {
  mustBeFile(path, 'lp-triage changes SQLite databases only; lp-store(5) says what to do elsewhere');
  mustBeReadable(path, 'give another place with --db FILE');
  let connection: Connection | undefined;
  try {
    connection = await connect(path, { isReadOnly: false, lockTimeoutMs, mustExist: true });
    if (schemaVersion(connection, path) < migrations.length) {
      throw new LpError(
        `the database ${path} is of an older lp: run "lp-store --db ${path} </dev/null" once`,
        exitStatus.badData,
      );
    }
    connection.pragma('foreign_keys = ON');
    return triageOn(connection, path);
  } catch (thrown) {
    connection?.close();
    throw explained(thrown, path);
  }
}

function triageOn(connection: Connection, path: string): TriageDatabase {
  const explaining = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      throw explained(thrown, path);
    }
  };
  const writing = <T>(work: () => T): T => explaining(() => connection.transaction(work).immediate());
  return {
    mark: (target, status, deed) => writing(() => mark(connection, target, { status, deed })),
    suppress: (target, until, deed) => writing(() => suppress(connection, target, { until, deed })),
    unsuppress: (target) => writing(() => unsuppress(connection, target)),
    history: () => explaining(() => connection.prepare<[], Done>(historySql).all()),
    suppressions: (now) => explaining(() => connection.prepare<[string], Suppression>(suppressionsSql).all(now.toISOString())),
    falsePositives: () => explaining(() => connection.prepare<[], FalsePositive>(falsePositivesSql).all()),
    close: () => connection.close(),
  };
}

type FalsePositive = ReturnType<TriageDatabase['falsePositives']>[number];

const historySql = `SELECT finding_id AS id, title, status, triage.action, coalesce(text, '') AS text, done_by AS by, done_at AS at
  FROM triage JOIN findings ON findings.id = finding_id ORDER BY done_at DESC, triage.id DESC`;

const suppressionsSql = `SELECT id, coalesce(finding_id, '') AS finding, coalesce(rule_name, '') AS rule,
  coalesce(entity_value, '') AS entity, reason, created_by AS by, created_at AS at, coalesce(expires_at, '') AS until FROM suppressions WHERE expires_at IS NULL OR expires_at > ? ORDER BY id`;

const falsePositivesSql = `SELECT json, coalesce(text, '') AS text, coalesce(done_by, '') AS by, coalesce(done_at, '') AS at FROM findings
  LEFT JOIN triage ON triage.id = (SELECT max(id) FROM triage WHERE finding_id = findings.id AND action = 'false-positive')
  WHERE status = 'false_positive' ORDER BY last_seen`;

/** Whole ids, of beginnings that fit one finding alone. */
function wholeIds(connection: Connection, beginnings: readonly string[]): readonly string[] {
  const find = connection
    .prepare<[string, string], string>('SELECT id FROM findings WHERE substr(id, 1, length(?)) = ? LIMIT 2')
    .pluck();
  return beginnings.map((beginning) => {
    const [id, another] = find.all(beginning, beginning);
    if (id === undefined)
      throw new LpError(`there is no finding "${beginning}": see ids with lp-report --format json`, exitStatus.usage);
    if (another !== undefined) {
      throw new LpError(`"${beginning}" is the start of more than one id: give more of it`, exitStatus.usage);
    }
    return id;
  });
}

function findingsOf(connection: Connection, { ids, rule, entity }: Target): readonly string[] {
  const parts: string[] = [];
  if (ids.length > 0) parts.push('id IN (SELECT value FROM json_each(@ids))');
  if (rule !== undefined) parts.push('@rule IN (rule_name, rule_id)');
  if (entity !== undefined) parts.push('entity_value = @entity');
  const values = { ids: JSON.stringify(wholeIds(connection, ids)), rule, entity };
  return connection
    .prepare<[typeof values], string>(`SELECT id FROM findings WHERE ${parts.join(' AND ')}`)
    .pluck()
    .all(values);
}

function mark(connection: Connection, target: Target, { status, deed }: { status: Status | undefined; deed: Deed }): number {
  const ids = findingsOf(connection, target);
  const set = connection.prepare('UPDATE findings SET status = ? WHERE id = ?');
  const note = connection.prepare('INSERT INTO triage (finding_id, action, text, done_by, done_at) VALUES (?, ?, ?, ?, ?)');
  for (const id of ids) {
    if (status !== undefined) set.run(status, id);
    note.run(id, deed.action, deed.text, deed.by, deed.at.toISOString());
  }
  return ids.length;
}

function suppress(connection: Connection, target: Target, { until, deed }: { until: Date | undefined; deed: Deed }): number {
  const add = connection.prepare(
    `INSERT INTO suppressions (finding_id, rule_name, entity_value, reason, created_by, created_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const findings = findingsOf(connection, target);
  const wholes = target.ids.length > 0 ? wholeIds(connection, target.ids) : [undefined];
  for (const id of wholes)
    add.run(id, target.rule, target.entity, deed.text, deed.by, deed.at.toISOString(), until?.toISOString());
  return findings.length;
}

function unsuppress(connection: Connection, { ids, rule, entity }: Target): number {
  const drop = connection.prepare('DELETE FROM suppressions WHERE finding_id IS ? AND rule_name IS ? AND entity_value IS ?');
  const wholes = ids.length > 0 ? wholeIds(connection, ids) : [undefined];
  return wholes.reduce((sum, id) => sum + drop.run(id, rule, entity).changes, 0);
}
