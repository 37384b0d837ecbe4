import {
  type Element,
  end,
  ip,
  not,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pattern,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { anyCaseLevels, largeLevels, levelLetters } from './level-words.ts';

/*
 * The habits of logging libraries: a moment, a level, and between and behind them who speaks: a thread, a logger, a place in
 * the source. What stands in brackets between the moment and the level is the library's; behind the level only a single
 * word is, because a message may begin with brackets too.
 */

const wrapped = oneOf([oneWord(anyCaseLevels, 'rest')], [oneWord(levelLetters, 'rest')]);
/** A level with blanks around it, up to what ends it. */
export const padded = (stop: string): Pattern => [skip('blanks'), withinUpTo(` ${stop}`, [wrapped]), skip('blanks')];
const wrappedLevel = oneOf(
  pattern`[${padded(']')}]`,
  pattern`(${padded(')')})`,
  pattern`<${padded('>')}>`,
  pattern`|${padded('|')}|`,
  pattern`::${withinUpTo(':', [wrapped])}::`,
  pattern`"${withinUpTo('"', [wrapped])}"`,
);
/** A word in small letters may begin a sentence, so it is a level only with a mark behind it. */
export const bareLevel = oneOf(
  [withinUpTo(' :|\t[(', [oneWord(largeLevels, 'rest')]), optional(pattern`:`)],
  pattern`${withinUpTo(' :|\t', [oneWord(anyCaseLevels, 'rest')])}${oneOf(pattern`:`, pattern`|`, pattern`\t`, pattern`  `, pattern` |`, pattern` -`, pattern` :`)}`,
);
/** Icinga writes level and component as one: `warning/Checker: `. */
const levelOfPart = pattern`${withinUpTo('/ ', [oneWord(anyCaseLevels, 'rest')])}/${upTo(' :', 'log.logger')}:`;
/** A level, in any marks and with what belongs to it. */
export const level = oneOf([wrappedLevel], levelOfPart, [bareLevel]);

/** What parts the pieces of a head. */
export const between = oneOf(pattern` - `, pattern` | `, pattern`\t`, pattern`, `, pattern`: `, pattern` : `, [skip('blanks')]);

const pythonLevels = Object.fromEntries(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'].map((word) => [word, {}]));

/** Who speaks, before the level. */
export const speaker = oneOf(
  pattern`[${skip('blanks')}${oneOf(pattern`${number('process.pid')}]`, pattern`#${number('process.pid')}]`, pattern`${text('log.logger')}]`)}`,
  pattern`(${text('log.logger')})`,
  pattern`${number('process.pid')} `,
  pattern`${upTo(' []()', 'log.logger')} - `,
  // Python's `%(asctime)s %(name)s %(levelname)s`.
  pattern`${upTo(' []():=/,"', 'log.logger')} ${not([not(pattern`${withinUpTo(' :', [oneWord(pythonLevels, 'rest')])} `)])}`,
  pattern`- ${not(pattern` `)}`,
);

/** A logger or thread behind the level: one word in brackets that is no address. */
const tag = (inside: Pattern): Pattern => [skip('blanks'), ...inside, skip('blanks'), end()];
const named = [not([ip('source', 'rest')]), upTo(' =', 'log.logger')];
const source = oneOf(
  pattern`[${withinUpTo(']', tag(named))}]`,
  pattern`(${withinUpTo(')', tag(named))})`,
  pattern`{${withinUpTo('}', tag(named))}}`,
);

/** A logger's name in the open, which has a dot or two colons in it: `org.shop.Cart - `, `shop.auth: `. */
/** zap's console writes the logger and the place in the source between tabs. */
const place = withinUpTo(' \t', pattern`${skip('last')}:${number()}${end()}`);
const caller = pattern`${withinUpTo(' \t', pattern`${skip('last')}:${number()}${end()}`, 'log.logger')}\t`;
const dotted: Pattern = [
  // An address is a client's.
  not(pattern`${number()}.`),
  not(pattern`[`),
  oneOf(pattern`${skip('first')}.${skip('rest')}`, pattern`${skip('first')}::${skip('rest')}`),
];
const logger = oneOf(
  pattern`${withinUpTo(' \t', pattern`${within('last', dotted, 'log.logger')}:${end()}`)} `,
  pattern`${withinUpTo(' \t', dotted, 'log.logger')}${skip('blanks')}${oneOf(pattern` - `, pattern`- `, pattern`: `)}`,
);

/** What may stand between the level and the message: loggers, threads, process ids, places in the source. */
export const behind = [
  optional(pattern`\t${optional([oneOf(caller, pattern`${upTo(' \t', 'log.logger')}\t${place}\t`)])}`),
  ...Array.from({ length: 3 }, (): Element => optional([skip('blanks'), source])),
  skip('blanks'),
  optional(pattern`${optional(pattern`${number('process.pid')} `)}--- `),
  optional([source]),
  skip('blanks'),
  optional([source]),
  skip('blanks'),
  optional([logger]),
  optional([skip('blanks'), source]),
  optional([skip('blanks'), logger]),
  optional([oneOf(pattern`:`, pattern` - `, pattern`- `, pattern` : `, pattern` | `, pattern`|`, pattern` -- : `)]),
  skip('blanks'),
];
