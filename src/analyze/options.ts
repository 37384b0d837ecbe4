import type { OptionTable } from '../cli/options.ts';

/** The options about the language model. */
export const modelOptions = {
  llm: {
    kind: 'choice',
    argument: 'WHAT',
    choices: ['auto', 'all', 'off'],
    default: 'auto',
    text: 'put these cases to the model: auto means those that rules warn of or do not know, all means every address, user and service',
  },
  model: {
    kind: 'list',
    argument: 'ID',
    variables: ['OPENROUTER_MODEL_ID'],
    text: 'ask this model; given again, the next one when it cannot be had (default: openai/gpt-oss-20b, then openai/gpt-5-nano)',
  },
  'base-url': {
    kind: 'text',
    argument: 'URL',
    variables: ['OPENROUTER_BASE_URL'],
    default: 'https://openrouter.ai/api/v1',
    text: 'ask this server, which must understand the interface of OpenAI; one on this machine needs no key',
  },
  'api-key-file': {
    kind: 'file',
    argument: 'FILE',
    text: 'read the key from this file, which nobody else may read (default: openrouter in $CREDENTIALS_DIRECTORY, then OPENROUTER_API_KEY)',
  },
  redact: {
    kind: 'choice',
    argument: 'HOW',
    choices: ['strict', 'standard', 'off'],
    default: 'strict',
    text: 'take this out of what is sent: strict means secrets and names, standard leaves addresses and hosts, off is for a server on this machine',
  },
  'llm-deadline': {
    kind: 'duration',
    argument: 'TIME',
    default: '150s',
    text: 'at the end of the input, wait for verdicts no longer than this; findings are out before',
  },
  'max-usd-day': { kind: 'text', argument: 'USD', default: '0.10', text: 'spend no more than this in a day (UTC)' },
  'max-usd-run': { kind: 'text', argument: 'USD', text: 'spend no more than this in this run' },
  'max-calls-hour': { kind: 'count', argument: 'N', default: '60', text: 'send no more requests than this in an hour' },
  'allow-free-models': { kind: 'flag', text: 'let models be used whose id ends in :free, which may keep what they are sent' },
  state: {
    kind: 'file',
    argument: 'DIR',
    text: 'keep in this directory what is under way at each mark of lp-tail, and what the model cost and answered (default: $STATE_DIRECTORY or ~/.local/state/lp)',
  },
  spool: {
    kind: 'flag',
    text: 'keep cases that could not be asked about (no budget, no connection) for the next run with --spool, which asks and writes their findings again',
  },
  feedback: {
    kind: 'file',
    argument: 'FILE',
    text: 'read false alarms from this file, as lp-triage export writes them: cases like them are asked last, and the model is told',
  },
  'dry-run': { kind: 'flag', text: 'write the requests that would be sent, and what they would cost at most, and send nothing' },
  eval: {
    kind: 'file',
    argument: 'FILE',
    text: 'put the labelled cases of this file to rules and model, write how often each was right and what it cost, and leave',
  },
  check: { kind: 'flag', text: 'try key, credit, model and route, say what is wrong, and leave' },
} as const satisfies OptionTable;
