import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';

const head = /^Log (?:started|ended): (\d{4}-\d\d-\d\d) {1,2}(\d\d:\d\d:\d\d)/;
/**
 * How an entry of another log begins, where several come in one stream: with a time, an address, a priority or a brace, or
 * with whom an access log names before the time. All else is said by dpkg and by the scripts of packages, which say what they like.
 */
const other =
  /^(?:\d[\d.:/-]{4,}[ T,]|\[(?:\d|[A-Z][a-z]{2} )|[<{]|[A-Z][a-z]{2} [ \d]\d |Log started: )|\[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;
const failed = /^(?:dpkg: (?:error|warning)|Errors were encountered |E: )/m;

function goesOn(first: string): ((line: string) => boolean) | undefined {
  if (!first.startsWith('Log started: ')) return undefined;
  let isDone = false;
  return (line) => {
    if (isDone) return false;
    isDone = line.startsWith('Log ended: ');
    return isDone || !other.test(line);
  };
}

function read(text: string): Reading | undefined {
  const [, day, clock] = head.exec(text.slice(0, 64)) ?? [];
  if (day === undefined) return undefined;
  const fields = new Map<FieldName, string | readonly string[]>([['event.category', ['package']]]);
  const message = text.slice(text.indexOf('\n') + 1 || text.length).trim();
  if (message !== '') fields.set('message', message);
  if (failed.test(message)) fields.set('log.level', 'error');
  return { fields, timeText: `${day} ${clock}` };
}

export default defineFormat({
  name: 'apt_term',
  title: "apt's term.log: what dpkg has printed while it worked",
  source: 'apt: apt-pkg/deb/dpkgpm.cc (pkgDPkgPM::OpenLog); apt.conf(5), Dir::Log::Terminal',
  rank: 63,
  dataset: 'apt',
  joins: goesOn,
  begins: 'L',
  guard: pattern`Log ${skip('word')} 2${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: 'Log started: 2026-11-22  13:36:00\nSelecting previously unselected package netcat-openbsd.\nUnpacking netcat-openbsd (1.219-1) ...\nSetting up netcat-openbsd (1.219-1) ...\nLog ended: 2026-11-22  13:36:05',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'apt',
        'log.lines': 5,
        'log.level': undefined,
        'event.category': ['package'],
      },
    },
    {
      kind: 'good',
      line: 'Log started: 2026-11-22  13:36:00\nSetting up shop (1.0) ...\ndpkg: error processing package shop (--configure):\n installed shop package post-installation script subprocess returned error exit status 1\nLog ended: 2026-11-22  13:36:05',
      fields: { 'log.level': 'error', 'log.lines': 5 },
    },
    {
      kind: 'good',
      line: 'Log started: 2026-11-22  13:36:00\ndebconf: unable to initialize frontend: Dialog\ninvoke-rc.d: could not determine current runlevel\n2 added, 0 removed; done.\nLog ended: 2026-11-22  13:36:05',
      fields: { 'log.level': undefined, 'log.lines': 5 },
    },
    {
      kind: 'malformed',
      line: 'Log ended: 2026-11-22  13:36:05',
      fields: { timestamp: '2026-11-22T13:36:05.000Z', message: undefined },
    },
    {
      kind: 'hostile',
      line: 'Log started: 2026-11-22  13:36:00\nSetting up shop (1.0; dpkg: error) ...\n Log ended: 2020-01-01  00:00:00\nE: broken\nLog ended: 2026-11-22  13:36:05',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'log.level': 'error', 'log.lines': 5 },
    },
  ],
});
