import { defineCommand } from '../cli/command.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

const actions = ['list', 'test', 'explain', 'lint'] as const;

/** Shows and checks rules. */
export default defineCommand({
  name: 'lp-rules',
  summary: 'list, test, explain and check detection rules',
  description: [
    'The first operand says what to do. list writes the rules, one a line. test runs the tests that rules carry with them, and names those that fail. explain tells of each line how it is read, which rules look at it, and why each matches or not. lint names all mistakes in rules, and what would make them better.',
    'list, test and lint are about the rules of --rules, or about the built-in ones without it; explain asks the built-in rules and those of --rules.',
    'Lines for explain are further operands, or come from standard input. test and explain start lp-parse, and test lp-analyze too.',
  ],
  operands: {
    name: 'ACTION [LINE...]',
    text: 'list, test, explain with lines of a log, or lint',
    isRequired: true,
    isMany: true,
  },
  options: {
    rules: { kind: 'list', argument: 'PATH', text: 'take the Sigma rules of this file or directory' },
    expand: {
      kind: 'list',
      argument: 'NAME=VALUE',
      text: 'let the placeholder %NAME% of rules stand for this value; given again for the same name, for several',
    },
    rule: { kind: 'list', argument: 'NAME', text: 'look at the rule of this name or id only; explain then says all of it' },
    format: { kind: 'text', argument: 'FORMAT', text: 'read the lines of explain as this format, as lp-parse does' },
    json: { kind: 'flag', text: 'let list write one JSON object for each rule' },
  },
  examples: [
    { text: 'The rules that find the worst', command: 'lp-rules list | grep ^CRITICAL' },
    { text: 'Whether rules do what they say', command: 'lp-rules test --rule lp.disk_full' },
    {
      text: 'Why a line is found, or not',
      command: "lp-rules explain 'Nov 22 13:36:00 web1 useradd[5]: new user: name=eve, UID=0, GID=0, home=/, shell=/bin/sh'",
    },
  ],
  readsInput: (_options, operands) => operands[0] === 'explain' && operands.length === 1,
  async run(options, operands, context) {
    const [word, ...lines] = operands;
    const action = actions.find((known) => known === word);
    if (action === undefined) throw new LpError(`lp-rules takes ${actions.join(', ')}, not "${word}"`, exitStatus.usage);
    if (action !== 'explain' && lines.length > 0)
      throw new LpError(`lp-rules ${action} takes no "${lines[0]}"; name rules with --rules`, exitStatus.usage);
    const { rules, expand, rule: names, format, json: isJson } = options;
    switch (action) {
      case 'list':
        return (await import('./tools/list.ts')).listRules({ rules, expand, names, isJson }, context);
      case 'test':
        return (await import('./tools/test.ts')).testRules({ rules, expand, names }, context);
      case 'explain':
        return (await import('./tools/explain.ts')).explainLines({ rules, expand, names, format, lines }, context);
      case 'lint':
        return (await import('./tools/lint.ts')).lintRules({ rules, expand, names }, context);
      default:
        return action satisfies never;
    }
  },
});
