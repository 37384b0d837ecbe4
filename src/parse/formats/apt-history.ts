import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';

/** What apt has done, by the word with which its line begins; each with the action of dpkg's own log. */
const actions = ['Install', 'Reinstall', 'Upgrade', 'Downgrade', 'Remove', 'Purge'] as const;
const more = new RegExp(`^(?:Commandline|Requested-By|Comment|Error|Disappeared|End-Date|${actions.join('|')}): `);
const start = /^(?:Start|End)-Date: (\d{4}-\d\d-\d\d) {1,2}(\d\d:\d\d:\d\d)/;
const longestHead = 4_096;

function goesOn(first: string): ((line: string) => boolean) | undefined {
  if (!first.startsWith('Start-Date: ')) return undefined;
  let isDone = false;
  return (line) => {
    if (isDone || !more.test(line)) return false;
    isDone = line.startsWith('End-Date: ');
    return true;
  };
}

function read(text: string): Reading | undefined {
  const [, day, clock] = start.exec(text.slice(0, 64)) ?? [];
  if (day === undefined) return undefined;
  const fields = new Map<FieldName, string | readonly string[]>([['event.category', ['package']]]);
  const lines = text.split('\n');
  const said = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2, longestHead);
  const command = said('Commandline');
  if (command !== undefined) fields.set('process.command_line', command);
  const user = /^(\S{1,64}) \(\d{1,10}\)$/.exec(said('Requested-By') ?? '')?.[1];
  if (user !== undefined) fields.set('user.name', user);
  const error = said('Error');
  if (error !== undefined) fields.set('log.level', 'error').set('event.outcome', 'failure');
  const done = actions.find((action) => said(action) !== undefined);
  if (done !== undefined) fields.set('event.action', `package_${done.toLowerCase()}`);
  const name = /^([^ :,]{1,128})(?::[^ ]{1,32})? \(([^,) ]{1,128})[^)]{0,256}\)$/.exec((done && said(done)) ?? '');
  if (name?.[1] !== undefined) fields.set('package.name', name[1]);
  const message = lines.slice(1).join('\n').trim();
  if (message !== '') fields.set('message', message);
  return { fields, timeText: `${day} ${clock}` };
}

export default defineFormat({
  name: 'apt_history',
  title: "apt's history.log: which packages were installed, by which command and for whom",
  source: 'apt: apt-pkg/deb/dpkgpm.cc (pkgDPkgPM::OpenLog); apt.conf(5), Dir::Log::History',
  rank: 63,
  dataset: 'apt',
  joins: goesOn,
  begins: 'SE',
  guard: pattern`${skip('first')}-Date: 2${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: 'Start-Date: 2026-11-22  13:36:00\nCommandline: apt-get install netcat-openbsd\nRequested-By: eve (1000)\nInstall: netcat-openbsd:amd64 (1.219-1)\nEnd-Date: 2026-11-22  13:36:05',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'apt',
        'log.lines': 5,
        'event.category': ['package'],
        'event.action': 'package_install',
        'package.name': 'netcat-openbsd',
        'process.command_line': 'apt-get install netcat-openbsd',
        'user.name': 'eve',
      },
    },
    {
      kind: 'good',
      line: 'Start-Date: 2026-11-22  06:00:01\nCommandline: /usr/bin/unattended-upgrade\nUpgrade: openssl:amd64 (3.0.16-1, 3.0.17-1), libssl3:amd64 (3.0.16-1, 3.0.17-1)\nError: Sub-process /usr/bin/dpkg returned an error code (1)\nEnd-Date: 2026-11-22  06:00:09',
      fields: {
        'log.level': 'error',
        'event.action': 'package_upgrade',
        'event.outcome': 'failure',
        'package.name': undefined,
        'user.name': undefined,
      },
    },
    {
      kind: 'malformed',
      line: 'End-Date: 2026-11-22  13:36:05',
      fields: { timestamp: '2026-11-22T13:36:05.000Z', 'event.action': undefined, message: undefined },
    },
    {
      kind: 'hostile',
      line: 'Start-Date: 2026-11-22  13:36:00\nCommandline: apt install x Requested-By: root (0)\nRequested-By: eve (1000)\nRemove: fail2ban:all (1.0)',
      fields: { 'user.name': 'eve', 'event.action': 'package_remove', 'package.name': 'fail2ban', 'log.lines': 4 },
    },
  ],
});
