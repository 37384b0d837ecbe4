import { defineFormat } from '../format.ts';
import { type Constants, end, oneOf, oneWord, optional, pattern, set, skip, stamp, upTo, within, word } from '../pattern.ts';

const name = pattern`${upTo(' :', 'package.name')}${optional(pattern`:${skip('word')}`)}`;

/** What is done to packages, each with its ECS type. */
function actions(names: readonly string[]): Readonly<Record<string, Constants>> {
  return Object.fromEntries(
    names.map((action) => [action, { 'event.category': ['package'], 'event.action': `package_${action}` }]),
  );
}

/** The version that is there before, and the one that is there afterwards. */
const done = oneOf(
  pattern`${oneWord(actions(['install', 'upgrade']))} ${name} ${skip('word')} ${word('package.version')}${end()}`,
  pattern`${oneWord(actions(['remove', 'purge', 'configure', 'trigproc', 'disappear']))} ${name} ${word('package.version')} ${skip('rest')}`,
  pattern`status ${skip('word')} ${name} ${word('package.version')}${end()}${set({ 'event.category': ['package'], 'event.action': 'package_status' })}`,
  pattern`conffile ${skip('word')} ${skip('word')}${end()}${set({ 'event.action': 'package_configuration_file' })}`,
  pattern`startup ${oneWord({ archives: {}, packages: {} })} ${skip('word')}${end()}`,
);

export default defineFormat({
  name: 'dpkg',
  title: 'dpkg log: packages installed, upgraded and removed',
  source: 'dpkg(1), --log',
  rank: 60,
  dataset: 'dpkg',
  pattern: pattern`${stamp('iso')} ${within('rest', [done], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 upgrade openssl:amd64 3.0.16-1~deb12u1 3.0.17-1~deb12u2',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'dpkg',
        'event.action': 'package_upgrade',
        'package.name': 'openssl',
        'package.version': '3.0.17-1~deb12u2',
        message: 'upgrade openssl:amd64 3.0.16-1~deb12u1 3.0.17-1~deb12u2',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:01 install netcat-openbsd:amd64 <none> 1.219-1',
      fields: { 'event.action': 'package_install', 'package.name': 'netcat-openbsd', 'package.version': '1.219-1' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:02 status installed tzdata:all 2026a-0+deb12u1',
      fields: { 'event.action': 'package_status', 'package.name': 'tzdata' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:03 startup packages configure',
      fields: { 'event.action': undefined, message: 'startup packages configure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:04 remove auditd:amd64',
      fields: { 'package.name': undefined },
      takenBy: 'stamped',
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:05 conffile /etc/x.conf_remove_auditd keep',
      fields: { 'event.action': 'package_configuration_file', 'package.name': undefined },
    },
  ],
});
