import { defineFormat } from '../format.ts';
import { message, not, number, oneOf, oneWord, optional, pattern, set, skip, stamp, upTo } from '../pattern.ts';
import { levelConstants } from '../pieces/level-words.ts';

/** `[Originator@6876 sub=Vpxa opID=5d]` or `[auth/session.go:156] [opID=x]`. */
const origin = pattern`[${skip('first')}] ${optional(pattern`[opID=${skip('first')}] `)}`;

export default defineFormat({
  name: 'vmware',
  title: 'VMware vCenter and ESXi services: hostd, vpxd, wcp and others',
  source: 'https://knowledge.broadcom.com/external/article/306962 (ESXi log file locations)',
  rank: 71,
  pattern: pattern`${stamp('rfc3339')} ${oneWord(levelConstants)} ${oneOf(pattern`${upTo(' [', 'process.name')}[${number('process.pid')}] `, pattern`${upTo(' [', 'process.name')} `)}${not(pattern` `)}${origin}${set({ 'log.dataset': 'vmware' })}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.537Z info wcp [eamagency/util.go:148] [opID=vCLS] Going to read service config',
      fields: { 'log.level': 'info', 'process.name': 'wcp', message: 'Going to read service config' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.075+05:30 verbose vpxd[05160] [Originator@6876 sub=PropertyProvider opID=x] RecordOp ASSIGN: y',
      fields: { 'log.level': 'debug', 'process.name': 'vpxd', 'process.pid': 5160 },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.537Z info wcp [eamagency',
      takenBy: 'stamped',
      fields: { 'process.name': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:00.537Z warning wcp [auth/session.go:156] 2026-11-22T13:36:00.537Z error vpxd [x] y',
      fields: { 'log.level': 'warning', 'process.name': 'wcp' },
    },
  ],
});
