import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Context, defineCommand } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { databasePath } from '../database/path.ts';
import { LpError } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import { listForms } from './discover/list.ts';
import { type PanelName, panelNames } from './discover/panels.ts';

const options = {
  source: {
    kind: 'list',
    argument: 'SOURCE',
    variables: ['LOG_SOURCES'],
    text: 'follow this when no SOURCE is named behind the options',
  },
  from: {
    kind: 'choice',
    argument: 'PLACE',
    choices: ['store', 'beginning', 'end'],
    default: 'store',
    text: 'start here in logs that nothing is known of; store means the end at the very first run, and the beginning with --once and for logs that are new',
  },
  since: {
    kind: 'time',
    argument: 'TIME',
    text: 'where nothing is known, read the rotated logs that were changed since then too, compressed ones among them, the oldest first',
  },
  once: { kind: 'flag', text: 'read what is there, and leave' },
  db: {
    kind: 'file',
    argument: 'FILE',
    variables: ['DB_PATH'],
    text: 'go on where the marks in this database, or json:DIR, or postgres://USER@HOST/NAME, say (default: $OUTPUT_LOG_DIR, or lp.db in $STATE_DIRECTORY or in ~/.local/state/lp)',
  },
  state: {
    kind: 'file',
    argument: 'PATH',
    text: 'keep in this file how far was read, and go on there, instead of by the database; in a directory, as lp-analyze takes it, the file is tail.json, for as long as there is no database',
  },
  interval: {
    kind: 'duration',
    argument: 'TIME',
    variables: ['PROCESSING_INTERVAL'],
    default: '10s',
    text: 'look at all logs, and for new ones, this often; changes that the system tells of are read at once',
  },
  discover: {
    kind: 'choice',
    argument: 'PANEL',
    choices: panelNames,
    text: 'list the logs of this panel or system, with their sites, instead of reading them; auto takes all that are installed',
  },
  'list-as': {
    kind: 'choice',
    argument: 'FORM',
    choices: listForms,
    default: 'table',
    text: 'with --discover, write a table, one JSON object for each log, or one line LOG_SOURCES=... in which each request is once',
  },
  root: { kind: 'file', argument: 'DIR', default: '/', text: 'with --discover, look below this directory, as if it were /' },
  'mark-every': { kind: 'duration', argument: 'TIME', default: '1s', text: 'write a mark this often when something is new' },
} as const;

type TailValues = Values<typeof options>;

export default defineCommand({
  name: 'lp-tail',
  summary: 'follow logs through rotation, and lose nothing',
  description: [
    'lp-tail writes what is new in logs as lines for lp-parse, with the name of the log and the place in it, and goes on through rotation: when a log is renamed and made anew, copied and truncated, compressed at once or later, deleted, or made by another program, while lp-tail runs and while it does not. A file is told from others by what it starts with, so that neither a new name nor a used inode misleads.',
    'A SOURCE is a file, which may come later; a folder, with all logs below it; a pattern such as /var/www/*/data/logs/*.log, in quotes; journald, which is read by journalctl; or journald:UNIT. What rotation has made of a log is read with it and is no log of its own.',
    'Every second in which something was new ends in a mark, which says how far was read. Stages pass a mark on when all that came before it is out; lp-store keeps it together with the findings. At its next start lp-tail goes on from there, so that a crash of any stage loses nothing and counts nothing twice.',
    'A log that cannot be read is told of once and tried again, and so is a file system that is away: nothing is lost or read twice when it is back. Half a line waits for its end. With --once, lp-tail ends with status 66 when none of the logs that are named is there, and with 77 when it may read none.',
    'What a program writes between the copy and the truncation of a log that is rotated by copying (copytruncate of logrotate) is gone from the disk; lp-tail has it only if it was faster. Rotation by renaming loses nothing.',
    'LP_STATE may name one directory for lp-tail and lp-analyze. What lp-store has stored is surer than what lp-tail has given out: where there is a database, lp-tail goes by it, and keeps nothing in that directory. Two pipes that follow the same logs need a database each; lp-store ends with status 78 when it sees the marks of another one.',
  ],
  sections: [
    {
      title: 'Discovery',
      paragraphs: [
        'With --discover lp-tail lists where FastPanel, ispmanager, Hestia, Plesk, cPanel, or Debian without a panel have put their logs, with the logs of the system itself: the site, the kind of log, which server writes it, and the names by which the site is asked for, as the web server is configured.',
        'Where one web server stands before another, each request is in the logs of both. The access log of the one behind is "no, repeats" in the list (counted is false in JSON) when there is one of the one before, and is left out of LOG_SOURCES, which has patterns where it can, so that new sites are followed too. Sites that are configured and have no access log are named on standard error.',
      ],
    },
  ],
  operands: { name: 'SOURCE', text: 'files, folders, patterns, journald', isMany: true },
  options,
  examples: [
    {
      text: 'Follow logs, and keep what is found',
      command: "lp-tail /var/log/auth.log '/var/log/nginx/*.log' | lp-parse | lp-filter | lp-analyze | lp-store",
    },
    {
      text: 'Read on in a log from cron, since the last time',
      command: 'lp-tail --once /var/log/auth.log | lp-parse | lp-filter | lp-analyze | lp-store',
    },
    {
      text: 'See which logs and sites there are on a server with a panel',
      command: 'lp-tail --discover auto',
    },
    {
      text: 'Read a log with its archives of the last ten days',
      command: 'lp-tail --once --since 10d --state seen /var/log/auth.log | lp-parse --stats >records',
    },
  ],
  readsInput: () => false,
  run,
});

async function run(values: TailValues, operands: readonly string[], context: Context): Promise<ExitStatus> {
  if (values.discover !== undefined) return list(values.discover, values, context);
  const sources = operands.length > 0 ? operands : values.source;
  if (sources.length === 0) {
    throw new LpError('no logs are named: name files, folders or patterns, or set LOG_SOURCES', exitStatus.usage);
  }
  // Loaded late, so that the help does not wait for it.
  const [{ tail }, { Names }, { isJournal }, { StateFile, checkpointIn, stateFileIn }] = await Promise.all([
    import('./tail.ts'),
    import('./names.ts'),
    import('./journal.ts'),
    import('./checkpoint.ts'),
  ]);
  const journals = sources.filter(isJournal);
  const names = new Names(sources.filter((source) => !isJournal(source)));
  const database = (): string => databasePath(values.db, context.environment);
  const statePath = stateFileIn(values.state, { database, shared: context.environment['LP_STATE'] });
  const state = statePath === undefined ? undefined : new StateFile(statePath);
  const isOurs = (source: string): boolean => journals.includes(source) || names.holds(source);
  const password = context.environment['PGPASSWORD'];
  const checkpoint = state?.load() ?? (await checkpointIn({ database: database(), password }, isOurs));
  return tail(
    {
      names,
      journals,
      checkpoint,
      start: startOf(values, checkpoint.known.size > 0),
      isOnce: values.once,
      intervalMs: values.interval,
      markMs: values['mark-every'],
      keep: async (mark) => state?.keep(mark),
      clock: () => performance.now(),
    },
    context,
  );
}

/** Lists the logs of a panel. */
async function list(panel: PanelName, values: TailValues, { output, diagnostics }: Context): Promise<ExitStatus> {
  const [{ discover }, { listOf }] = await Promise.all([import('./discover/discover.ts'), import('./discover/list.ts')]);
  const found = discover(panel, resolve(values.root));
  const isOther = panel !== 'auto' && panel !== 'debian' && !found.logs.some((log) => log.panel === panel);
  if (found.logs.length === 0 || isOther) {
    const where = values.root === '/' ? '' : ` below ${values.root}`;
    throw new LpError(
      `no logs of ${panel} were found${where}: name logs yourself, or run this as a user who may see them`,
      exitStatus.noInput,
    );
  }
  if (found.silentSites.length > 0) {
    diagnostics.warn(`no access log, because logging is off or not for this user: ${found.silentSites.join(', ')}`);
  }
  await output.write(Buffer.from(listOf(found, values['list-as'])));
  return exitStatus.ok;
}

/** Where logs start of which nothing is known. */
function startOf({ from, once, since }: TailValues, isKnown: boolean): 'end' | 'beginning' | { readonly sinceMs: number } {
  if (since !== undefined) return { sinceMs: since.getTime() };
  if (from !== 'store') return from;
  return once || isKnown ? 'beginning' : 'end';
}
