import { type Context, defineCommand } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { databasePath } from '../database/path.ts';
import { mustBeFile } from '../database/place.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { ForeignInput } from '../io/foreign-input.ts';
import { readLines } from '../io/ndjson.ts';
import { BatchWriter } from '../io/sink.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { Batch } from './batch.ts';
import { withDeadline } from './deadline.ts';
import { Intake } from './intake.ts';
import { Keeper } from './keeper.ts';

const options = {
  db: {
    kind: 'file',
    argument: 'FILE',
    variables: ['DB_PATH'],
    text: 'keep findings in this database; it is made when missing (default: files of JSON in $OUTPUT_LOG_DIR, or lp.db in $STATE_DIRECTORY or in ~/.local/state/lp)',
  },
  to: {
    kind: 'text',
    argument: 'PLACE',
    text: 'keep findings here instead: json:DIR for files of JSON in a folder, postgres://USER@HOST/NAME for PostgreSQL, or a file as with --db; lp-report and lp-tail take the same with --db',
  },
  roll: {
    kind: 'choice',
    argument: 'TIME',
    choices: ['day', 'hour'],
    default: 'day',
    text: 'with json:DIR, start a new file each day or hour, in UTC',
  },
  tee: { kind: 'flag', short: 't', text: 'pass everything on to standard output, once it is stored' },
  retention: {
    kind: 'duration',
    argument: 'TIME',
    text: 'delete findings that were last seen longer ago than this, such as 90d',
  },
  'lock-timeout': {
    kind: 'duration',
    argument: 'TIME',
    default: '5s',
    text: 'wait this long, up to three times, while another process holds the database',
  },
  backup: { kind: 'file', argument: 'FILE', text: 'copy the database to this file, while others may write, and leave' },
  check: { kind: 'flag', text: 'check that the database is whole, and leave' },
  vacuum: { kind: 'flag', text: 'give the room of what was deleted back to the disk, and leave; others wait meanwhile' },
  'dead-letter': { kind: 'file', argument: 'FILE', text: 'append lines that could not be used to this file, as error objects' },
} as const;

export default defineCommand({
  name: 'lp-store',
  summary: 'keep findings in a database or in files',
  description: [
    'Reads findings on standard input, as lp-analyze writes them, and keeps them in an SQLite database that lp-report reads. ' +
      'A finding is one row, by its id: when it is written again with a larger count, the row is brought up to date, so ' +
      'that reading the same log twice changes nothing.',
    'Findings are stored in transactions, a second after they came at the latest; a mark of lp-tail is stored in one ' +
      'transaction with all that came before it, and what came behind the last mark is left to the next run, which reads it ' +
      'again. When the database cannot be written, nothing is stored by halves and the exit status says why.',
    'With --to json:DIR, findings, marks and counts are kept in a folder instead, as the lines that came, in one file for each day or ' +
      'hour; a finding that has grown is there again, and the last one counts. A batch is on the disk before it counts, and what a ' +
      'crash leaves behind it is cut off. "cat DIR/*.ndjson | lp-report -" reads them, and so does "lp-report --db json:DIR". ' +
      'With --retention, files go that are older.',
    'With --to postgres://USER@HOST/NAME, which may have all parameters that PostgreSQL knows (such as ?sslmode=verify-full), the same ' +
      'tables are kept there, for many machines. The password comes from PGPASSWORD, in the environment or in a configuration file that ' +
      'others cannot read, or from ~/.pgpass; one in the address is refused. A connection that is lost is made anew for some seconds; ' +
      'then the status is 69, and what was not stored comes again with the next run.',
    'lp-store(5) describes the tables and files. Any number of processes may read while one writes. The view threats has one row for each finding: timestamp, ' +
      'source_log, original_log_entry, ai_summary, severity and processed_at. The view evidence has the entries that show each: ' +
      'finding_id, position, timestamp, log_source, log_offset and original.',
  ],
  options,
  examples: [
    {
      text: 'Keep what a log says',
      command: 'lp-parse /var/log/auth.log | lp-filter | lp-analyze | lp-store --db lp.db',
    },
    {
      text: 'Keep them in files of JSON, one a day, and report from there',
      command: 'lp-parse /var/log/auth.log | lp-filter | lp-analyze | lp-store --to json:found && lp-report --db json:found',
    },
    {
      text: 'Keep findings for 90 days, and see them as they come',
      command: 'tail -F /var/log/auth.log | lp-parse | lp-filter | lp-analyze | lp-store --retention 90d --tee | jq .title',
    },
  ],
  readsInput: (values) => !isMaintenance(values),
  run,
});

type Given = Values<typeof options>;

function isMaintenance({ backup, check, vacuum }: Given): boolean {
  return backup !== undefined || check || vacuum;
}

/** Where findings are to be kept. Says what is left out, where the settings name two places. */
function placeOf({ to, db }: Given, { environment, diagnostics }: Context): string {
  const place = databasePath(to ?? db, environment);
  const folder = environment['OUTPUT_LOG_DIR'];
  if (to === undefined && db !== undefined && folder !== undefined) {
    diagnostics.warn(
      `findings are kept in ${db}, and not in OUTPUT_LOG_DIR: for both, write lp-store --tee | lp-store --to json:${folder}`,
    );
  }
  return place;
}

/** Looks after the database instead of filling it. */
async function maintain(path: string, { backup, check, vacuum }: Given, { diagnostics }: Context) {
  mustBeFile(path, '--backup, --check and --vacuum are for those; lp-store(5) says what to do elsewhere');
  const { backUp, compact, faultsIn } = await import('../database/maintain.ts');
  const faults = check ? await faultsIn(path) : [];
  if (faults.length > 0) {
    const advice = 'take the last copy that --backup made, or try sqlite3 FILE .recover';
    throw new LpError(`the database ${path} is damaged (${advice})`, exitStatus.badData, { details: faults.slice(0, 20) });
  }
  if (check) diagnostics.tell(`${path}: whole`);
  if (backup !== undefined) await backUp(path, backup);
  if (vacuum) await compact(path);
  return exitStatus.ok;
}

async function run(values: Given, _operands: readonly string[], context: Context) {
  const place = placeOf(values, context);
  if (isMaintenance(values)) return maintain(place, values, context);
  const keeper = new Keeper({
    ...{ place, lockTimeoutMs: values['lock-timeout'], roll: values.roll, retentionMs: values.retention },
    ...{ now: context.now, environment: context.environment, warn: (text) => context.diagnostics.warn(text) },
  });
  await keeper.prepare();
  const deadLetters = new DeadLetters('store', values['dead-letter']);
  const advice = 'put lp-parse, lp-filter and lp-analyze before lp-store';
  const foreign = new ForeignInput({ what: 'findings', advice }, context.diagnostics);
  let misfits = 0;
  try {
    misfits = await storeAll(values.tee, { context, keeper, deadLetters, foreign });
    await keeper.expire();
  } finally {
    await keeper.close();
    await deadLetters.end(context.diagnostics);
  }
  if (misfits > 0) {
    const what = misfits === 1 ? '1 line or record was' : `${misfits} lines or records were`;
    context.diagnostics.warn(`${what} not stored: lp-store takes findings, so put lp-analyze before it`);
  }
  if (keeper.tooOld > 0) {
    const what = keeper.tooOld === 1 ? '1 finding was' : `${keeper.tooOld} findings were`;
    context.diagnostics.warn(`${what} not kept: last seen longer ago than --retention allows (leave it out to keep them)`);
  }
  foreign.refuse();
  const { added, updated, stale, marks } = keeper.totals;
  context.diagnostics.note(
    `${place}: ${added} findings are new, ${updated} updated, ${stale} were older than stored; ${marks} marks`,
  );
  return exitStatus.ok;
}

interface Parts {
  readonly context: Context;
  readonly keeper: Keeper;
  readonly deadLetters: DeadLetters;
  readonly foreign: ForeignInput;
}

/** Stores the whole input; returns how many objects were not of a kind to store but come from an earlier stage. */
async function storeAll(passesOn: boolean, { context, keeper, deadLetters, foreign }: Parts): Promise<number> {
  const intake = new Intake(foreign, deadLetters);
  const batch = new Batch(passesOn, (line) => intake.decoded(line));
  const output = new BatchWriter(context.output);
  const commit = async (): Promise<void> => {
    if (batch.size > 0) await keeper.save(batch.entries);
    await batch.release(output);
    await deadLetters.flush();
  };
  for await (const lines of withDeadline(readLines(context.input), () => batch.deadlineMs)) {
    for (const line of lines ?? []) {
      intake.take(line, batch);
      if (batch.isFull || batch.endsInMark) await commit();
    }
    if (batch.isDue) await commit();
  }
  // What came behind the last mark is read again by whoever writes marks.
  if (batch.isWhole) await commit();
  else context.diagnostics.note(`${batch.size} findings behind the last mark are left to the next run`);
  await output.end();
  return intake.misfits;
}
