import { severities } from '../model/severity.ts';
import { rendererNames } from './renderer.ts';

/** What lp-report takes. */
export const options = {
  db: {
    kind: 'file',
    argument: 'FILE',
    variables: ['DB_PATH'],
    text: 'read this database, or json:DIR, or postgres://USER@HOST/NAME (default: $OUTPUT_LOG_DIR, or lp.db in $STATE_DIRECTORY or in ~/.local/state/lp)',
  },
  since: {
    kind: 'time',
    argument: 'TIME',
    text: 'report what was seen from then on (default: 24h, or everything that comes over standard input)',
  },
  until: { kind: 'time', argument: 'TIME', text: 'report what was seen before then' },
  severity: { kind: 'choice', argument: 'SEVERITY', choices: severities, text: 'report findings of at least this severity' },
  entity: {
    kind: 'text',
    argument: 'NAME',
    text: 'report findings about this address, user, host or process, and those that name it besides',
  },
  rule: { kind: 'text', argument: 'RULE', text: 'report findings of the rule with this name or id' },
  source: {
    kind: 'text',
    argument: 'LOG',
    text: 'report findings of this log, given by its path, the last part of it, or its dataset, such as sshd',
  },
  limit: {
    kind: 'count',
    argument: 'N',
    short: 'n',
    text: 'list this many at most, the worst first; text counts findings that differ only in whom they are about as one (default: 20 in text, else all)',
  },
  format: {
    kind: 'choice',
    argument: 'FORM',
    short: 'f',
    choices: rendererNames,
    default: 'text',
    text: 'write the report in this form',
  },
  output: {
    kind: 'file',
    argument: 'FILE',
    short: 'o',
    text: 'write to this file; the old one stays until the new one is complete, so that a reader never sees half of it',
  },
  'mail-to': { kind: 'text', argument: 'ADDRESS', text: 'with --format mail, whom the mail is to, for "sendmail -t"' },
  'mail-from': { kind: 'text', argument: 'ADDRESS', text: 'with --format mail, whom the mail is from' },
  watch: { kind: 'flag', short: 'w', text: 'show the report anew every few seconds, until you press Ctrl-C' },
  health: {
    kind: 'flag',
    text: 'say instead whether lp itself is well: how far each log was read, how much was understood, when it last ran, and what is wrong',
  },
  tz: { kind: 'zone', argument: 'ZONE', text: 'say times in this zone, such as Europe/Berlin or UTC (default: local time)' },
  'fail-on': {
    kind: 'choice',
    argument: 'SEVERITY',
    choices: severities,
    text: 'end with status 1 when something of at least this severity is reported, or is wrong with --health',
  },
} as const;
