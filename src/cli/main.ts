/*
 * The frame around every command, and with io/stdio.ts the only place that touches the process: arguments and configuration
 * in, streams and signals around, an exit status out. The process ends by itself, so that no output is cut off.
 */
import { once } from 'node:events';
import { isatty } from 'node:tty';
import { type Diagnostics, diagnosticsFor } from '../io/diagnostics.ts';
import { type StandardInput, standardInput, standardOutput } from '../io/stdio.ts';
import { type ColorChoice, isColorWanted } from '../io/style.ts';
import { LpError, reasonOf } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import { type Arguments, checkOperands, parseArguments } from './arguments.ts';
import type { Command, Context, Terminal } from './command.ts';
import { allOptions } from './common-options.ts';
import { type Configuration, configure } from './config.ts';

const standardFile = '/etc/lp/lp.conf';
/** How long a command may take to end after a signal, in ms. */
const stopMs = 5_000;
const bugReports = 'this is a fault of the program; please report it, with what -v shows';

/** Once read, they are in nothing that children or reports of crashes see of the environment. */
const secretVariables = ['OPENROUTER_API_KEY'];

/** What outlives the parsing of the command line: where to complain, and the input, if there is one to be read. */
interface Session {
  diagnostics: Diagnostics;
  input: StandardInput | undefined;
}

/** Runs a command as the process: sets the exit status and lets the process end. Never throws. */
export async function main(command: Command): Promise<void> {
  const session: Session = {
    diagnostics: diagnosticsFor(command.name, { format: 'text', verbosity: 'normal' }, writeErrors),
    input: undefined,
  };
  process.on('uncaughtException', (thrown) => {
    // Whatever a command left unwatched; what is half done cannot be trusted, so there is nothing to wait for.
    process.exit(explain(thrown, command, session.diagnostics));
  });
  try {
    process.exitCode = await runFrom(process.argv.slice(2), command, session);
  } catch (thrown) {
    process.exitCode = explain(thrown, command, session.diagnostics);
  }
  session.input?.close();
}

async function runFrom(argv: readonly string[], command: Command, session: Session): Promise<ExitStatus> {
  const given = await parseArguments(argv, allOptions(command));
  const document = await requestedDocument(command, given);
  if (document !== undefined) {
    await standardOutput().write(Buffer.from(document));
    return exitStatus.ok;
  }
  const configuration = await configure(command, given, { environment: process.env, standardFile, now: new Date() });
  for (const name of secretVariables) delete process.env[name];
  session.diagnostics = diagnosticsOf(command, configuration);
  for (const warning of configuration.warnings) session.diagnostics.warn(warning);
  checkOperands(given.operands, command.operands);
  const { values } = configuration;
  if (isatty(0) && command.readsInput(values, given.operands)) {
    const { shortHelp } = await import('./help.ts');
    writeErrors(shortHelp(command));
    return exitStatus.usage;
  }
  const signals = stopOnSignals(session.diagnostics);
  const status = await command.run(values, given.operands, contextOf(configuration, signals.stopping, session));
  return signals.received() ?? status;
}

/** What `--help`, `--version` or `--generate` asks for; its maker is loaded only then. */
async function requestedDocument(command: Command, given: Arguments): Promise<string | undefined> {
  if (given.options.has('help')) {
    const { fullHelp } = await import('./help.ts');
    return fullHelp(command);
  }
  if (given.options.has('version')) {
    const { product } = await import('./release.ts');
    const { name, version } = product();
    return `${command.name} ${version} (${name})\n`;
  }
  if (!given.options.has('generate')) return undefined;
  const { generated } = await import('./generate.ts');
  return generated(command, given);
}

function diagnosticsOf(command: Command, { values }: Configuration): Diagnostics {
  const verbosity = values['verbose'] === true ? 'verbose' : values['quiet'] === true ? 'quiet' : 'normal';
  const format = values['log-format'] === 'json' ? 'json' : 'text';
  return diagnosticsFor(command.name, { format, verbosity }, writeErrors);
}

function contextOf({ values, environment }: Configuration, stopping: AbortSignal, session: Session): Context {
  const input = standardInput(stopping, () => session.diagnostics.note('stopped; what was still to come is left unread'));
  session.input = input;
  const color = values['color'];
  const choice: ColorChoice = color === 'always' || color === 'never' ? color : 'auto';
  return {
    input,
    output: standardOutput(),
    diagnostics: session.diagnostics,
    stopping,
    now: () => new Date(),
    environment,
    terminal: terminalFor(choice, environment, values['quiet'] === true && values['verbose'] !== true),
  };
}

function terminalFor(choice: ColorChoice, environment: Context['environment'], isQuiet: boolean): Terminal {
  const [isInput, isOutput, isErrors] = [isatty(0), isatty(1), isatty(2)];
  return {
    isInput,
    isOutput,
    isErrors,
    hasColor: {
      output: isColorWanted(choice, isOutput, environment),
      errors: isColorWanted(choice, isErrors, environment),
    },
    get columns() {
      return isOutput ? process.stdout.columns : 80;
    },
    get rows() {
      return isOutput ? process.stdout.rows : 24;
    },
    resized: (signal) => once(process.stdout, 'resize', { signal }),
    writeProgress: isQuiet ? () => {} : writeErrors,
  };
}

/** The first SIGTERM or SIGINT asks the command to stop; a second SIGINT, or five seconds, ends the process. */
function stopOnSignals(diagnostics: Diagnostics): { stopping: AbortSignal; received(): ExitStatus | undefined } {
  const controller = new AbortController();
  let status: ExitStatus | undefined;
  const leave = (why: string): void => {
    diagnostics.error(`${why}; what was held is lost`);
    process.exit(status);
  };
  const stop = (signalStatus: ExitStatus): void => {
    status ??= signalStatus;
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => leave(`not done ${stopMs / 1_000} s after the signal`), stopMs).unref();
  };
  process.on('SIGTERM', () => stop(exitStatus.terminated));
  process.on('SIGINT', () => {
    if (controller.signal.aborted) leave('interrupted again');
    else stop(exitStatus.interrupted);
  });
  return { stopping: controller.signal, received: () => status };
}

/** Says why the command failed; returns the status that it ends with. Never throws. */
function explain(thrown: unknown, { name }: Command, diagnostics: Diagnostics): ExitStatus {
  if (!(thrown instanceof LpError)) {
    diagnostics.error(`${reasonOf(thrown)}; ${bugReports}`);
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
    for (const line of stack.split('\n')) diagnostics.note(line.trim());
    return exitStatus.bug;
  }
  if (thrown.status === exitStatus.usage) {
    diagnostics.error(`${thrown.message}${/[.?!]$/.test(thrown.message) ? '' : '.'} Try '${name} --help'.`);
  } else if (thrown.status !== exitStatus.brokenPipe) {
    diagnostics.error(thrown.message);
  }
  for (const line of thrown.details) diagnostics.error(`  ${line}`);
  return thrown.status;
}

let isErrorsWatched = false;

/** Writes to standard error; that nobody reads it is no reason to fail. */
function writeErrors(text: string): void {
  if (!isErrorsWatched) process.stderr.on('error', () => {});
  isErrorsWatched = true;
  process.stderr.write(text);
}
