import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { defineFormat } from '../format.ts';
import { accessDataset } from '../pieces/access.ts';
import { type CustomKind, customFormat } from './format.ts';
import { type Meaning, type Piece, patternOf } from './web-server.ts';

const unknown: Meaning = { is: 'unknown' };

/** Source: httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats; what is not here is read over. */
const meanings: Readonly<Record<string, Meaning>> = {
  a: { is: 'client' },
  h: { is: 'client' },
  A: { text: 'destination.ip' },
  u: { text: 'user.name' },
  t: { stamp: 'clf', isBracketed: true },
  r: { is: 'request' },
  m: { text: 'http.request.method' },
  U: { text: 'url.path' },
  q: unknown,
  H: unknown,
  s: { number: 'http.response.status_code' },
  b: { number: 'http.response.body.bytes' },
  B: { number: 'http.response.body.bytes' },
  O: { number: 'http.response.body.bytes' },
  v: { text: 'url.domain' },
  V: { text: 'url.domain' },
  p: { number: 'destination.port' },
  P: { number: 'process.pid' },
  '{referer}i': { text: 'http.request.referrer' },
  '{user-agent}i': { text: 'user_agent.original' },
  '{host}i': { text: 'url.domain' },
  '{c}a': { is: 'client' },
};

/** The text of Apache's `LogFormat`, with or without its backslashes: `%h %l %u %t \"%r\" %>s %b`. */
const apache: CustomKind = {
  prefix: 'apache',
  async make(format) {
    return defineFormat({ ...customFormat, dataset: accessDataset, pattern: patternOf(piecesOf(format.replaceAll('\\"', '"'))) });
  },
};

export default apache;

/** A directive: conditions on the status (`%!200,304{…}i`), `<` or `>`, a name in braces, one letter or `^` and two. */
const directive = /%(?:!?[\d,]*)[<>]?(\{[^}]*\})?(\^?[A-Za-z]{1,2}|%)/y;

function piecesOf(format: string): Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  for (let at = 0; at < format.length; ) {
    if (format[at] !== '%') {
      literal += format[at++];
      continue;
    }
    directive.lastIndex = at;
    const found = directive.exec(format);
    if (found === null)
      throw new LpError(`"${format.slice(at, at + 8)}" in the format is no directive of LogFormat`, exitStatus.usage);
    const [all, braces = '', letters = ''] = found;
    const letter = letters.startsWith('^') ? letters : letters.slice(0, 1);
    at += all.length - (letters.length - letter.length);
    if (letter === '%') {
      literal += '%';
      continue;
    }
    if (literal !== '') pieces.push({ literal });
    literal = '';
    pieces.push({ variable: all, meaning: meaningOf(braces, letter) });
  }
  return literal === '' ? pieces : [...pieces, { literal }];
}

function meaningOf(braces: string, letter: string): Meaning {
  const name = braces === '' ? letter : `${braces.toLowerCase()}${letter}`;
  return Object.hasOwn(meanings, name) ? (meanings[name] ?? unknown) : unknown;
}
