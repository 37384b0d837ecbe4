import { type Context, defineCommand } from '../cli/command.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { AnalyzeOptions } from './analysis.ts';
import type { ModelOptions } from './llm/settings.ts';
import { modelOptions } from './options.ts';

/** Turns records into findings. */
export default defineCommand({
  name: 'lp-analyze',
  summary: 'find security threats and errors in log records',
  description: [
    'Reads records as lp-parse writes them and writes findings: one for each stretch of matching behaviour by one address, user, host or service, however many log entries it took, with evidence and what to do.',
    'A finding is written as soon as its rule fires, and again with the same id and a larger count when it has grown: at most once a second while records keep coming, and at the end of the input. The last one counts.',
    'A finding of a rule with `unless` waits for as long as the better rule may take, and is not written when that one has found something about the same address, user or host.',
    'A mark of lp-tail is passed on when the findings before it are out and what is under way (attacks that go on, counts that are not complete) is kept on the disk under its number. The next run takes that up at its first mark, so that a crash of any stage changes nothing in what is found. At the end of such an input, what is under way is not written but goes on in the next run, unless the last mark is final, as that of lp-tail --once is.',
    'Whatever is not a record (marks, summaries, findings of an earlier lp-analyze, types of newer versions) passes through unchanged and in its place.',
  ],
  options: {
    engine: {
      kind: 'choice',
      argument: 'ENGINE',
      choices: ['auto', 'rules', 'llm'],
      default: 'auto',
      text: 'find by rules alone, or by rules and a language model; auto means the model too when there is a key',
    },
    rules: { kind: 'list', argument: 'PATH', text: 'use the Sigma rules of this file or directory as well as the built-in ones' },
    expand: {
      kind: 'list',
      argument: 'NAME=VALUE',
      text: 'let the placeholder %NAME% of rules stand for this value; given again for the same name, for several',
    },
    trusted: {
      kind: 'list',
      argument: 'ADDRESS|FILE',
      text: 'let no finding about this address or network, or those of this file, be above INFO; one a line, # starts a comment',
    },
    emit: {
      kind: 'choice',
      argument: 'WHAT',
      choices: ['findings', 'records'],
      default: 'findings',
      text: 'write findings, or the records with the template that each shares with those like it (template.id and template.text)',
    },
    'silent-after': {
      kind: 'duration',
      argument: 'TIME',
      text: 'also find services that wrote many entries and then none for so long, while others went on; needs records that were not filtered',
    },
    ...modelOptions,
    'dead-letter': { kind: 'file', argument: 'FILE', text: 'append input that cannot be used to this file, with the reason' },
  },
  examples: [
    {
      text: 'What happened according to the authentication log',
      command: 'lp-parse < /var/log/auth.log | lp-filter | lp-analyze',
    },
    {
      text: 'With rules of your own',
      command: 'lp-parse < access.log | lp-filter --rules /etc/lp/rules | lp-analyze --rules /etc/lp/rules',
    },
  ],
  sections: [
    {
      title: 'RULES',
      paragraphs: [
        'Rules are written in Sigma 2.1: detections with all modifiers, correlations of all types, and filters, which may narrow built-in rules too. A feature that is not supported (look-ahead and back references in expressions, a timeframe, counts in conditions) ends the command with status 78 and a message that names file, line and feature.',
        'A directory is read with all directories in it, so that a public collection can be given as it is. Rules of it that are about logs or fields which are not read here are left out, and counted in a message; in a file that is itself named they are mistakes. Correlations that refer to them are left out as well.',
        'Expressions are those of RE2, and take time linear in the text. Field names are those of the Sigma taxonomy or of the Elastic Common Schema; cs-uri-query is path and query. Keywords are looked for in the whole entry, decoded too when it holds a percent sign. Texts are compared in any case, but for cased and re.',
        'A correlation with an upper limit (lt, lte, eq, neq) fires when its timespan, counted from its first entry, is over, as a later entry tells or the clock where logs are followed, or when the input ends. Times for minute, hour, day, week, month and year are UTC.',
        'A rule may carry lp: with entity, category, title, summary, action, unless, part-of and timespan, and tests: with match and nomatch. The texts may hold {entity}, {count}, {attempts}, {requests}, {times}, {users}, {accepted} (users that were let in), {ips}, {hosts}, {paths}, {services}, {commands}, {successes} and {span}.',
        'While a rule of part-of has an open finding about the address of a record, the rule makes no new one. A value_count correlation may count lp.rule, which is the one of its rules that matched.',
      ],
    },
    {
      title: 'GOOD VISITORS',
      paragraphs: [
        'What nobody but trusted addresses (--trusted) did makes findings of severity INFO, whatever the rule says: the owner, the monitoring, a scanner that was hired. What concerns the server itself (availability, configuration, integrity) keeps its severity, whoever asked for it.',
        'Crawlers that say who they are and come from the networks that their makers publish (Googlebot, bingbot, Applebot, Yandex, Meta) are good visitors too. The name alone is believed of nobody. Nothing is looked up in the DNS; only networks are known that have long been of their makers alone. Others, such as those of a monitoring service, go into a file for --trusted.',
      ],
    },
    {
      title: 'LANGUAGE MODEL',
      paragraphs: [
        'With a key (--api-key-file, openrouter in $CREDENTIALS_DIRECTORY, or OPENROUTER_API_KEY), or with --base-url for a server on this machine, a language model is asked about what was found, unless --engine rules or --llm off is given. Requests hold cases and not lines: who, which kinds of entry, how often, and a sample, all of it redacted (--redact). --dry-run shows them.',
        'Findings are written at once, and again with the same id when there is a verdict. The severity of the rules is a floor: the model can raise it by one step, by two with two kinds of evidence, and not above ERROR where rules warn only. Its sentence stands behind the words of the rule, after "Model:". analyzer.engine says llm or cache, and rule_severity, model_severity, model_action, confidence, cost_usd and needs_review say more.',
        'When there is no verdict, analyzer.degraded says why: budget, timeout, unavailable, unreachable, rate_limit, credit, authentication, config, refused, too_large, empty, no_answer, overflow or state.',
        'What could not be asked about is tried again, unless the reason is refused, too_large, no_answer or overflow: after ten minutes while lp-analyze runs, and in the next run. Where there are marks of lp-tail, that knows all cases and verdicts of the last mark. Elsewhere it asks when both runs have --spool, and needs no input to do so; up to 2,000 cases are kept for a week. The finding is then written again with the same id.',
        'Money is set aside before each request, at the highest price that a route may ask (0.20 USD for a million tokens in, 0.80 out), and settled when the cost is known. What another server than OpenRouter takes is not known, and reckoned at that price; one on this machine takes nothing. What was spent, verdicts of the last week and what --spool keeps are in model.db in the state directory. When that file cannot be used, rules go on alone, unless --engine llm is given.',
        'The file of --feedback holds findings that people have called false alarms, as lp-triage export writes them. Cases like them are asked last, and the model is told of five of them; the severity of rules stays.',
        'The file of --eval has one JSON object a line: severity (what it deserves; INFO when it is harmless) and records (a list of what lp-parse writes).',
      ],
    },
    {
      title: 'ERRORS THAT NO RULE KNOWS',
      paragraphs: [
        'Entries that look like errors, by their level or their words, and that no rule knows are sorted into kinds by what they share. All of one service make one finding of severity INFO (lp.unknown_errors) a day, which lists its most frequent kinds, each with an entry; reports show the first of them, and lp-report --rule lp.unknown_errors shows all. A kind that comes 20 times within 5 minutes, and more than five times as often as before, has one of its own with severity WARNING (lp.error_burst); so has a kind that a service has not written in the day or more before (lp.new_error). No more than three of these are told of one service and day.',
        'With --silent-after a service that has written 50 entries and then none for that time, while others did, makes a finding too (lp.service_silent).',
      ],
    },
    {
      title: 'LOGS THAT TELL NOTHING',
      paragraphs: [
        'Of logs that lp-tail follows, three troubles make findings of severity WARNING about the log itself, by what lp-parse counts and by the marks: half or more of at least 200 lines of one day are not understood (lp.source_not_understood); a log that was written to for a day or more, in 12 hours or more, has had no new line for 6 hours and for thrice its longest pause, while lp read on (lp.source_silent; one that paused for 4 hours or more, as at night, must be known for 8 days); more than 1 MiB of it has waited to be read for 10 minutes (lp.source_lags). They go by the clock and not by the times in the logs. lp-report --health shows how all logs are.',
      ],
    },
  ],
  readsInput: (options) => !options.check && options.eval === undefined,
  async run(options, _operands, context) {
    const model = await modelOf(
      {
        engine: options.engine,
        llm: options.llm,
        models: options.model,
        baseUrl: options['base-url'],
        apiKeyFile: options['api-key-file'],
        redact: options.redact,
        deadlineMs: options['llm-deadline'],
        maxUsdDay: options['max-usd-day'],
        maxUsdRun: options['max-usd-run'],
        maxCallsHour: options['max-calls-hour'],
        isFreeAllowed: options['allow-free-models'],
        isDryRun: options['dry-run'],
        state: options.state,
        isSpooling: options.spool,
        feedback: options.feedback,
      },
      options.check || options.eval !== undefined,
      context,
    );
    if (options.check && model !== undefined) {
      const { check } = await import('./llm/check.ts');
      await check(model.settings, context);
      return exitStatus.ok;
    }
    if (options.eval !== undefined && model !== undefined) {
      const { evaluate } = await import('./llm/evaluate.ts');
      await evaluate(options.eval, model, context);
      return exitStatus.ok;
    }
    // Loaded late, so that the help does not wait for the engine.
    const { analyze } = await import('./analyze.ts');
    return analyze(
      {
        rules: options.rules,
        trusted: options.trusted,
        expand: options.expand,
        emit: options.emit,
        silentAfterMs: options['silent-after'],
        model,
        state: options.state,
        deadLetter: options['dead-letter'],
      },
      context,
    );
  },
});

/** How the model is asked, if it is; without a key, nothing of it is loaded. */
async function modelOf(options: ModelOptions, isNeeded: boolean, { environment }: Context): Promise<AnalyzeOptions['model']> {
  const mayHaveKey = options.apiKeyFile ?? environment['OPENROUTER_API_KEY'] ?? environment['CREDENTIALS_DIRECTORY'];
  const isPlain = options.engine === 'auto' && !options.isDryRun && !isNeeded && options.baseUrl.startsWith('https:');
  if (!isNeeded && (options.engine === 'rules' || (isPlain && mayHaveKey === undefined))) return undefined;
  const { modelSettings } = await import('./llm/settings.ts');
  const settings = modelSettings({ ...options, engine: isNeeded ? 'llm' : options.engine }, environment);
  return settings === undefined ? undefined : { settings, options };
}
