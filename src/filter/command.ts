import { defineCommand } from '../cli/command.ts';
import { keepNewSpaceSmall } from '../io/heap.ts';
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
    where: {
      kind: 'text',
      argument: 'EXPRESSION',
      text: 'keep the records that this holds for, and ask no rules, levels and keywords; with --only-keywords, both must hold',
    },
    exclude: { kind: 'list', argument: 'TEXT', text: 'drop records whose entry holds this text, in which * stands for anything' },
    'exclude-file': {
      kind: 'list',
      argument: 'FILE',
      text: 'drop records in whose entry a regular expression of this file is found, one a line as for logcheck',
    },
    since: { kind: 'time', argument: 'TIME', text: 'drop records from before this time' },
    until: { kind: 'time', argument: 'TIME', text: 'drop records from after this time' },
    rules: { kind: 'list', argument: 'PATH', text: 'keep what the Sigma rules of this file or directory look for, too' },
    expand: {
      kind: 'list',
      argument: 'NAME=VALUE',
      text: 'let the placeholder %NAME% of rules stand for this value; given again for the same name, for several',
    },
    collapse: {
      kind: 'duration',
      argument: 'TIME',
      text: 'keep back what repeats a record within this time and is for no rule; the last repeat says how many there were',
    },
    sample: { kind: 'count', argument: 'N', text: 'keep one in N of the records that are for no rule, always the same ones' },
    explain: { kind: 'flag', text: 'write, instead of records, a line of text for each that says whether it is kept, and why' },
    stats: { kind: 'flag', text: 'say on standard error how many records were kept and dropped, and why' },
    'dead-letter': { kind: 'file', argument: 'FILE', text: 'append input that cannot be used to this file, with the reason' },
  },
  examples: [
    { text: 'What may matter in the system log', command: 'lp-parse < /var/log/syslog | lp-filter' },
    {
      text: 'Only what speaks of memory',
      command: "lp-parse < /var/log/syslog | lp-filter --only-keywords --keywords 'memory,oom'",
    },
    {
      text: 'What a server answered with an error, but to its own network',
      command: "lp-parse < access.log | lp-filter --where 'http.response.status_code >= 500 and not source.ip in 10.0.0.0/8'",
    },
  ],
  sections: [
    {
      title: 'EXPRESSIONS',
      paragraphs: [
        'An expression compares fields of records, by their names in lp-record(5), and joins comparisons with and, or, not and brackets; not binds closest, then and.',
        'There are = and != (in any case), <, <=, > and >= (numbers; times for timestamp; levels for log.level, of which the more urgent is the greater), contains, startswith and endswith (in any case), ~ and !~ (a regular expression, as RE2 has them), in (a network such as 10.0.0.0/8, or a list in brackets), and exists. A value with blanks or signs in it stands in quotes. A list fulfils what one of its items does; what a record lacks fulfils nothing but !=, !~ and not.',
        'A mistake is shown with a caret under it, and status 64.',
      ],
    },
    {
      title: 'REPEATS AND SAMPLES',
      paragraphs: [
        'Records that a rule needs are never kept back, so that --collapse and --sample cost no finding.',
        'With --collapse, records of one log, host, address and status whose texts differ in nothing but numbers repeat each other. The first passes at once; when the time is over, or a mark or the end comes, the last passes with filter.collapsed_count, which is how many were kept back, itself among them.',
      ],
    },
  ],
  readsInput: () => true,
  async run(options, _operands, context) {
    keepNewSpaceSmall();
    // Loaded late, so that the help does not wait for it.
    const { filter } = await import('./filter.ts');
    return filter(
      {
        keywords: options.keywords,
        isOnlyKeywords: options['only-keywords'],
        minLevel: options['min-level'],
        where: options.where,
        excluded: options.exclude,
        excludeFiles: options['exclude-file'],
        since: options.since,
        until: options.until,
        rules: options.rules,
        expand: options.expand,
        collapseMs: options.collapse,
        sample: options.sample === 0 ? undefined : options.sample,
        isExplaining: options.explain,
        isCounting: options.stats,
        deadLetter: options['dead-letter'],
      },
      context,
    );
  },
});
