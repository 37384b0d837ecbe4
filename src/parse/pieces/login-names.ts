import {
  type Element,
  end,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  skip,
  text,
  upTo,
  within,
} from '../pattern.ts';
import { addressAndPort } from './access.ts';
import { literal, peer, seesNone } from './login.ts';

/*
 * Where programs write who tried to log in, and from where. Clients choose the names under which they try, so a name may
 * hold all the words that stand around it: where a name comes before an address, the last place that shows an address
 * counts; where no name comes before it, the first.
 */

/** Any of these words. */
const anyOf = (...words: readonly string[]) => oneOf(...words.map((said): Pattern => [literal(said)]));

const nothing = optional([]);

/** The marks that stand before an address, and what may come between. */
const addressMarks: readonly (readonly [mark: string, between: Element])[] = [
  [
    ' from ',
    optional([
      oneOf(
        [anyOf('IP address ', 'ip address ', 'IP: ', 'ip: ', 'IP ', 'ip ', 'private IP ', 'client ', 'host ', 'address ')],
        pattern`${number()} `,
      ),
    ]),
  ],
  [', IP', anyOf(': ', '=')],
  ['IP', anyOf(': ', '=', ' address: ', ' address of ', ' address ', '-address: ', ' ', ':')],
  ['ip', anyOf(': ', '=', ' address: ', ' address ', '-address: ', ' ', ':', '":"')],
  ['lient', anyOf(': ', ' IP: ', ' IP ', '=', ' ')],
  ['CLIENT', anyOf(': ', '=', ' ')],
  ['ddress', anyOf(': ', '=', ' ', '":"')],
  ['host=', nothing],
  ['peer=', nothing],
  ['peername: ', nothing],
  ['( ', nothing],
  ['onnecting host ', nothing],
  ['with /', nothing],
  [' from /', nothing],
  ['Ip', anyOf(' = ', '=', ': ')],
  ['remote=', nothing],
  ['src=', nothing],
  ['source=', nothing],
  [' von ', nothing],
  [' van ', nothing],
  [' de ', nothing],
  ['addr=', nothing],
  ['Addr=', nothing],
  [' by ', optional([anyOf('IP: ', 'IP ')])],
  [' at ', optional([anyOf('IP ')])],
  [' (', optional([anyOf('IP: ', 'ip: ', 'Remote IP: ', 'from ')])],
  [' [', optional([anyOf('IP: ', 'ip: ')])],
  ['POST ', nothing],
  ['AUTH-ERROR: ', nothing],
  [': ', nothing],
];

/** What shows that a name follows: no address behind it is the first. */
const nameFollows = seesNone(
  'ser "',
  "ser '",
  'ser `',
  'ser: ',
  'ser=',
  'ser (',
  'ser [',
  'sername "',
  "sername '",
  'sername: ',
  'sername=',
  ' for ',
  ' by ',
  ' login:',
  'ccount "',
  'ogin with ',
);

const quotedName = oneOf(
  pattern`${skip('first')}for user '${text('user.name')}'. Reason: `,
  ...['"', "'", '`'].flatMap((quote) =>
    ['ser ', 'ser: ', 'sername ', 'sername: ', 'input ', 'sername=', 'ccount ', ' for ', ' by ', 'ame ', 'mail ', 'mail":'].map(
      (mark): Pattern => [skip('first'), literal(`${mark}${quote}`), text('user.name'), literal(quote)],
    ),
  ),
  pattern`${skip('first')}user: (${text('user.name')})`,
  pattern`${skip('first')}ser [${text('user.name')}]`,
  pattern`${skip('first')}ame = "${text('user.name')}"`,
);
const bareMark = oneOf(
  ...[
    ' for user ',
    ' for illegal user ',
    ' for invalid user ',
    ' for user: ',
    ' for username ',
    'authenticate user:',
    ' with username ',
    'sername: ',
    'ser: ',
    'ser Name: ',
    'serName=',
    'sername=',
    'login:',
    'ser denied: ',
    'ser=',
    ' for ',
    ' by user ',
    'ogin failed: ',
    'ser ',
  ].map((mark): Pattern => [skip('first'), literal(mark)]),
);
const nameAlone = oneOf(
  pattern`${upTo(' ,;:', 'user.name')}: `,
  pattern`${upTo(' ,;', 'user.name')}${end()}`,
  pattern`${text('user.name')} failed`,
  pattern`${upTo(' ,;', 'user.name')} has `,
  pattern`${text('user.name')}, `,
);
const nameAtEnd = oneOf(pattern`${longest('user.name')}.${end()}`, [upTo(' ,;:', 'user.name')]);

const firstAddress = oneOf(
  ...addressMarks.map(([mark, between]): Pattern => [within('first', [nameFollows]), literal(mark), between, peer]),
);
const lastAddress = oneOf(...addressMarks.map(([mark, between]): Pattern => [skip('last'), literal(mark), between, peer]));
/** What may stand between a name and the address in brackets. */
const verdicts = [' has been denied (', ' has failed (', ' was rejected (', ' failed (', ' denied ('];
const nameThenAddress = oneOf(
  ...verdicts.map(
    (said): Pattern => [longest('user.name'), literal(said), optional([anyOf('IP: ', 'ip: ', 'from ', 'IP ')]), peer],
  ),
  ...['.', ',', ''].flatMap((stop) =>
    addressMarks
      .filter(([mark]) => stop === '' || /^[Ii]/.test(mark))
      .map(
        ([mark, between]): Pattern => [
          longest('user.name'),
          literal(`${stop}${mark.startsWith(' ') ? '' : ' '}${mark}`),
          between,
          peer,
        ],
      ),
  ),
);

/** Who tried to log in, and from where, as far as a message says so. */
export const who: Element = oneOf(
  // Go's servers write the client first.
  pattern`${within('word', addressAndPort)} - ${optional([quotedName])}`,
  [firstAddress, optional([oneOf([quotedName], [bareMark, nameAtEnd])])],
  [quotedName, optional([lastAddress])],
  [bareMark, nameThenAddress],
  [
    oneOf(...['sername=', 'ser=', 'sername: '].map((mark): Pattern => [skip('first'), literal(mark)])),
    upTo(' ,;', 'user.name'),
    lastAddress,
  ],
  [lastAddress],
  [bareMark, nameAlone],
  [],
);
