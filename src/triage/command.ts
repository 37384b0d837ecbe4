import { userInfo } from 'node:os';
import { type Context, defineCommand } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { databasePath } from '../database/path.ts';
import { openTriage, type TriageDatabase } from '../database/triage.ts';
import { BatchWriter } from '../io/sink.ts';
import { exitStatus } from '../model/exit-status.ts';
import { type Action, actionOf, perform } from './actions.ts';
import { exported, listed } from './lists.ts';

const options = {
  db: {
    kind: 'file',
    argument: 'FILE',
    variables: ['DB_PATH'],
    text: 'change this database (default: lp.db in $STATE_DIRECTORY or in ~/.local/state/lp)',
  },
  rule: { kind: 'text', argument: 'RULE', text: 'mean the findings of the rule with this name or id' },
  entity: { kind: 'text', argument: 'NAME', text: 'mean the findings about this address, user, host or process' },
  for: { kind: 'duration', argument: 'TIME', text: 'with suppress, how long, such as 30d; for ever when left out' },
  reason: { kind: 'text', argument: 'TEXT', text: 'why; suppress and note need it' },
  by: {
    kind: 'text',
    argument: 'NAME',
    text: 'who does it (default: the user that called sudo, else the user)',
  },
  json: { kind: 'flag', text: 'with list, write one JSON object a line' },
  'lock-timeout': {
    kind: 'duration',
    argument: 'TIME',
    default: '5s',
    text: 'wait this long while another process holds the database',
  },
} as const;

type Given = Values<typeof options>;

export default defineCommand({
  name: 'lp-triage',
  summary: 'say what became of findings',
  description: [
    'Notes in the database of lp-store what people have done about findings, or think of them. Each action names findings by ' +
      'their ids (as lp-report --format json writes them; a beginning will do), by --rule, by --entity, or by several of these, ' +
      'and then means those that fit all of them. Who did it, when and why is kept.',
  ],
  sections: [
    {
      title: 'Actions',
      paragraphs: [
        'ack, or acknowledge: somebody is on it. The findings are still reported, as acknowledged.',
        'resolve: it is mended. The findings are not reported any more, unless they grow.',
        'false-positive: it was no threat. The findings are not reported any more; export writes them out.',
        'reopen: take back what was said before.',
        'suppress: keep these findings, and those to come of this rule and entity, out of reports, for the time given with --for. They are still stored and counted.',
        'unsuppress: end that.',
        'note: write something down, with --reason.',
        'list: show suppressions that hold, and what was done, the last first.',
        'export: write the false positives as findings, one a line, each with what was said of it in "triage".',
      ],
    },
  ],
  operands: { name: 'ACTION [ID]', text: 'what to do, and the ids of the findings', isRequired: true, isMany: true },
  options,
  examples: [
    {
      text: 'Our own scanner is no attacker',
      command: 'lp-triage suppress --entity 198.51.100.9 --for 30d --reason "our scanner"',
    },
    {
      text: 'The password was changed',
      command: 'lp-triage resolve --rule lp.ssh_success_after_failures --reason "key only now"',
    },
    { text: 'What was decided, by whom', command: 'lp-triage list' },
    { text: 'Keep false positives for those who mend rules', command: 'lp-triage export >false-positives.ndjson' },
  ],
  readsInput: () => false,
  run,
});

async function run(values: Given, [name, ...ids]: readonly string[], context: Context) {
  const action = actionOf(name ?? '');
  const database = await openTriage(databasePath(values.db, context.environment), values['lock-timeout']);
  try {
    if (action === 'list' || action === 'export') return await write(action, database, { values, context });
    const { rule, entity, reason } = values;
    const durationMs = values.for;
    const by = values.by ?? userIn(context.environment);
    const said = perform(database, action, { target: { ids, rule, entity }, reason, durationMs, by, now: context.now() });
    context.diagnostics.tell(said);
    return exitStatus.ok;
  } finally {
    database.close();
  }
}

function userIn(environment: Context['environment']): string {
  return [environment['SUDO_USER'], environment['LOGNAME'], environment['USER']].find(Boolean) ?? userOfProcess();
}

/** cron and containers may set no variable. */
function userOfProcess(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

type ListAction = Extract<Action, 'list' | 'export'>;

async function write(action: ListAction, database: TriageDatabase, { values, context }: { values: Given; context: Context }) {
  const writer = new BatchWriter(context.output);
  const lines = action === 'export' ? exported(database) : listed(database, context.now(), values.json);
  for (const line of lines) {
    writer.text(`${line}\n`);
    if (writer.isFull) await writer.flush();
  }
  await writer.end();
  return exitStatus.ok;
}
