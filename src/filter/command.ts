import { defineCommand } from '../cli/command.ts';
import { levels } from '../model/level.ts';

/** Drops the records that can be of no interest. */
export default defineCommand({
  name: 'lp-filter',
  summary: 'keep the log records that may matter',
  description: [
    'Reads records as lp-parse writes them and passes those on that may matter, byte for byte and in order: what a detection rule looks for, what is urgent by its own level, and what holds a keyword.',
    'No finding of lp-analyze is lost with the default settings, as long as both are given the same --rules. With --only-keywords the keywords alone decide.',
    'Whatever is not a record (marks, summaries, findings, types of newer versions) passes through unchanged.',
  ],
  options: {
    keywords: {
      kind: 'text',
      argument: 'LIST',
      variables: ['SENSITIVITY_KEYWORDS'],
      text: 'keep records that hold one of these words or parts of words, parted by commas; +LIST adds to the built-in ones',
    },
    'only-keywords': { kind: 'flag', text: 'let keywords alone decide, not rules and levels' },
    'min-level': {
      kind: 'choice',
      argument: 'LEVEL',
      choices: levels,
      default: 'warning',
      text: 'keep records of this level and more urgent ones',
    },
    exclude: { kind: 'list', argument: 'TEXT', text: 'drop records whose entry holds this text, in which * stands for anything' },
    since: { kind: 'time', argument: 'TIME', text: 'drop records from before this time' },
    until: { kind: 'time', argument: 'TIME', text: 'drop records from after this time' },
    rules: { kind: 'list', argument: 'PATH', text: 'keep what the Sigma rules of this file or directory look for, too' },
    expand: {
      kind: 'list',
      argument: 'NAME=VALUE',
      text: 'let the placeholder %NAME% of rules stand for this value; given again for the same name, for several',
    },
    stats: { kind: 'flag', text: 'say on standard error how many records were kept and dropped, and why' },
    'dead-letter': { kind: 'file', argument: 'FILE', text: 'append input that cannot be used to this file, with the reason' },
  },
  examples: [
    { text: 'What may matter in the system log', command: 'lp-parse < /var/log/syslog | lp-filter' },
    {
      text: 'Only what speaks of memory',
      command: "lp-parse < /var/log/syslog | lp-filter --only-keywords --keywords 'memory,oom'",
    },
  ],
  readsInput: () => true,
  async run(options, _operands, context) {
    // Loaded late, so that the help does not wait for it.
    const { filter } = await import('./filter.ts');
    return filter(
      {
        keywords: options.keywords,
        isOnlyKeywords: options['only-keywords'],
        minLevel: options['min-level'],
        excluded: options.exclude,
        since: options.since,
        until: options.until,
        rules: options.rules,
        expand: options.expand,
        isCounting: options.stats,
        deadLetter: options['dead-letter'],
      },
      context,
    );
  },
});
