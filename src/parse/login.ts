import { type Element, end, ip, number, oneOf, optional, type Pattern, pattern, set, skip, upTo, withinUpTo } from './pattern.ts';

/*
 * The pieces of messages that tell of logins. Clients choose the names under which they try, so a name may hold all the
 * words that stand around it; where a name comes before an address, the last place that shows an address counts.
 */

/** A login that failed. */
export const failedLogin: Element = set({
  'event.category': ['authentication'],
  'event.action': 'login',
  'event.outcome': 'failure',
});

/** A login that went well. */
export const goodLogin: Element = set({
  'event.category': ['authentication'],
  'event.action': 'login',
  'event.outcome': 'success',
});

/** Matches, without reading anything, where one of these stands further on. */
export function sees(...words: readonly string[]): Element {
  return not1(oneOf(...words.map((word): Pattern => pattern`${skip('first')}${literal(word)}`)));
}

/** Matches, without reading anything, where none of these stands further on. */
export function seesNone(...words: readonly string[]): Element {
  return { kind: 'not', pattern: [oneOf(...words.map((word): Pattern => pattern`${skip('first')}${literal(word)}`))] };
}

function not1(element: Element): Element {
  return { kind: 'not', pattern: [{ kind: 'not', pattern: [element] }] };
}

/** Text that stands just so. */
export function literal(text: string): Element {
  return { kind: 'literal', text };
}

const port = number('source.port');

/** An address that takes up the whole stretch: with a port, or with what ends a sentence. */
export const wholePeer: Element = oneOf(
  [ip('source', 'rest')],
  pattern`[${ip('source', 'first')}]${optional(pattern`:${port}`)}${oneOf([end()], pattern`.${end()}`, pattern`:${end()}`)}`,
  pattern`${ip('source', 'last')}:${port}${end()}`,
  pattern`${ip('source', 'last')}:${end()}`,
  pattern`${ip('source', 'last')}.${end()}`,
  pattern`${ip('source', 'last')}:${port}:${end()}`,
);

const bare = withinUpTo(' ,;)\'"`|>}', [wholePeer]);
const bracketed = withinUpTo(' ,;)\'"`|>}]', [wholePeer]);

/** The address of a client as free text has it: bare, quoted, bracketed, with a port, behind the name of its host. */
export const peer: Element = oneOf(
  [bare],
  pattern`[${bracketed}${optional(pattern`]:${port}`)}`,
  pattern`"${bare}`,
  pattern`'${bare}`,
  pattern`\`${bare}`,
  pattern`(${bare}`,
  pattern`<${bare}`,
  pattern`${upTo(' []()<>"\'')} (${bare}`,
  pattern`${upTo(' []()<>"\'')}[${bracketed}`,
);
