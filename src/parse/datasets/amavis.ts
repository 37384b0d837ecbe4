import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, optional, pattern, set, skip, text } from '../pattern.ts';
import { mailRejected } from '../pieces/mail.ts';

const more = skip('rest');
/** `(4242-09) `, which is the process and the number of its mail. */
const id = pattern`(${skip('first')}) `;
/** The client's own brackets come first of all, perhaps behind the name of a policy. */
const client = oneOf(pattern`[${ip('source', 'first')}]`, pattern`${skip('first')} [${ip('source', 'first')}]`);
const kind = oneOf(pattern`${text('event.reason')} {${skip('first')}}, `, pattern`${text('event.reason')}, `);
const found = pattern`${kind}${client}${optional(pattern`:${number('source.port')}`)}`;

export default defineDataset({
  name: 'amavis',
  source: 'amavisd-new: README_FILES/README.customize, $log_templ',
  programs: ['amavis', 'amavisd', 'amavisd-new'],
  messages: [
    pattern`${id}Blocked ${found}${mailRejected}${more}`,
    pattern`${id}Passed ${found}${set({ 'event.category': ['email'], 'event.action': 'mail_passed', 'event.outcome': 'success' })}${more}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 amavis[55]: (00055-09) Blocked SPAM {DiscardedInbound}, [203.0.113.5]:4022 [203.0.113.5] <eve@far.example> -> <ann@shop.example>, Hits: 9',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.reason': 'SPAM', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 amavis[55]: (00055-10) Passed CLEAN {RelayedOutbound}, MYNETS LOCAL [192.168.1.20]:4022 <bob@shop.example> -> <ann@far.example>',
      fields: { 'source.ip': '192.168.1.20', 'event.outcome': 'success' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 mx1 amavis[55]: (00055-11) Blocked SPAM', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 amavis[55]: (00055-09) Blocked SPAM {DiscardedInbound}, [203.0.113.5]:4022 <"x [192.0.2.1]:1"@far.example> -> <ann@shop.example>',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022 },
    },
  ],
});
