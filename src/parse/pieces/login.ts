import {
  type Element,
  end,
  ip,
  not,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  skip,
  upTo,
  withinUpTo,
} from '../pattern.ts';

/*
 * The pieces of messages that tell of logins. Clients choose the names under which they try, so a name may hold all the
 * words that stand around it: it is the readers that say which place counts.
 */

/** Text that stands just so. */
export function literal(text: string): Element {
  return { kind: 'literal', text };
}

/** Matches, without reading anything, where none of these stands further on. */
export function seesNone(...words: readonly string[]): Element {
  return not([oneOf(...words.map((said): Pattern => [skip('first'), literal(said)]))]);
}

/** Matches, without reading anything, where one of these stands further on. */
export function sees(...words: readonly string[]): Element {
  return not([seesNone(...words)]);
}

const port = number('source.port');

/** An address, perhaps with a port, and with what ends a clause. */
const wholePeer: Element = oneOf(
  [ip('source', 'rest')],
  pattern`${ip('source', 'last')}:${port}${end()}`,
  pattern`${ip('source', 'last')}:${end()}`,
  pattern`${ip('source', 'last')}.${end()}`,
  pattern`${ip('source', 'first')}:${port}:${end()}`,
);

const inText = withinUpTo(' \t,;)\'"`|>}]', [wholePeer]);
const opening = oneOf(pattern`[`, pattern`"`, pattern`'`, pattern`\``, pattern`(`, pattern`<`, []);

/** The address of a client as free text has it: bare, quoted, in brackets, with its port, behind the name of its host. */
export const peer: Element = oneOf(
  pattern`${opening}${inText}${optional(pattern`]:${port}`)}`,
  pattern`${upTo(' []()<>"\'')}${oneOf(pattern` (`, pattern`[`)}${inText}`,
);
