import type { FieldName } from '../fields.ts';
import { defineFormat, headlessRank, type Reading } from '../format.ts';
import { traceLineOf } from '../join/trace-lines.ts';
import { end, oneOf, type Pattern, pattern, skip, withinUpTo } from '../pattern.ts';

const literal = (text: string): Pattern => [{ kind: 'literal', text }];
const starts = ['\t', ' ', '#', '...', '[', 'at ', 'Traceback (', 'Exception ', 'Unhandled ', 'Uncaught ', 'PHP Fatal error:  '];
const places = ['/', 'file:///', 'node:'];
const goAndRust = [
  'panic: ',
  'fatal error: ',
  'goroutine ',
  'created by ',
  'exit status ',
  "thread '",
  'stack backtrace:',
  'note: ',
];
const causes = [
  'Caused by:',
  'Suppressed: ',
  'Wrapped by: ',
  'Next ',
  'Stack trace:',
  'During handling ',
  'The above ',
  'Node.js v',
];
/** What is in the word before a colon, a bracket or the end. */
const errors = ['.', 'Error', 'Exception', 'Interrupt', 'Exit', 'Throwable', 'Warning', 'Timeout', 'SIG'];
const wordOf = errors.map((text): Pattern => [skip('first'), ...literal(text), skip('rest')]);

/** What any of them begins with; which it is, `traceLineOf` tells. */
const guard: Pattern = [
  oneOf(
    ...[...starts, ...places, ...goAndRust, ...causes].map(literal),
    pattern`${withinUpTo(' :(', [oneOf(...wordOf)])}${oneOf(pattern`:`, pattern`(`, [end()])}`,
  ),
];

/** The mark that Node puts under the line of the program. */
const column = /\n[ \t]*\^+\r?(?:\n|$)/;

function read(line: string): Reading | undefined {
  const kind = traceLineOf(line.slice(0, (line.indexOf('\n') + 1 || line.length + 1) - 1));
  if (kind === undefined) return undefined;
  const fields = new Map<FieldName, string>();
  // A place alone is no error.
  if (kind === 'start' || kind === 'error' || (kind === 'place' && column.test(line))) fields.set('log.level', 'error');
  const message = line.trim();
  if (message !== '') fields.set('message', message);
  return { fields };
}

export default defineFormat({
  name: 'trace',
  title: 'stack traces without a head, and lines that are indented',
  source: 'what Java, Python, Node, PHP, Ruby, Go and Rust print of an error that nobody has caught',
  rank: headlessRank,
  joins: 'traces',
  guard,
  read,
  samples: [
    {
      kind: 'good',
      line: 'Traceback (most recent call last):\n  File "/srv/shop/cart.py", line 3, in add\n    raise KeyError(item)\nKeyError: 7',
      fields: {
        timestamp_quality: 'observed',
        'log.level': 'error',
        'log.lines': 4,
        message:
          'Traceback (most recent call last):\n  File "/srv/shop/cart.py", line 3, in add\n    raise KeyError(item)\nKeyError: 7',
      },
    },
    {
      kind: 'good',
      line: 'panic: no such cart\n\ngoroutine 1 [running]:\nmain.add(0x7)\n\t/srv/shop/cart.go:5 +0x1d\nexit status 2',
      takenBy: 'levelled',
      fields: { 'log.level': 'emergency', 'log.lines': 6 },
    },
    {
      kind: 'good',
      line: "/srv/shop/cart.rb:3:in `add': no such cart (RuntimeError)\n\tfrom /srv/shop/cart.rb:7:in `<main>'",
      fields: { 'log.lines': 2 },
    },
    {
      kind: 'good',
      line: "/srv/shop/cart.js:7\n    throw new Error('no such cart');\n    ^\n\nError: no such cart\n    at add (/srv/shop/cart.js:7:11)\n    at node:internal/main/run_main_module:28:49\n\nNode.js v20.11.0",
      fields: { 'log.level': 'error', 'log.lines': 9 },
    },
    {
      kind: 'good',
      line: "node:events:495\n      throw er; // Unhandled 'error' event\n      ^\n\nError: listen EADDRINUSE: address already in use :::3000\n    at Server.listen (node:net:1817:16)\nEmitted 'error' event on Server instance at:\n    at emitErrorNT (node:net:1844:8) {\n  code: 'EADDRINUSE'\n}\n\nNode.js v20.11.0",
      fields: { 'log.level': 'error', 'log.lines': 12 },
    },
    { kind: 'malformed', line: '/srv/shop/cart.js:7', fields: { message: '/srv/shop/cart.js:7', 'log.level': undefined } },
    { kind: 'malformed', line: '\tat ', fields: { message: 'at', 'log.lines': undefined } },
    {
      kind: 'hostile',
      line: 'shop.LoginError: root from 192.0.2.1\n    at Login.check (/srv/shop/login.js:7:9)',
      fields: { 'source.ip': undefined, 'user.name': undefined, 'log.lines': 2 },
    },
  ],
});
