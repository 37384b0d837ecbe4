/** What precedes the text of some logs, besides stamps: levels, days and months. */
const headerWords = new Set(
  'EMERG ALERT CRIT CRITICAL FATAL ERR ERROR WARN WARNING NOTICE INFO DEBUG TRACE Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(
    ' ',
  ),
);

/** Most parts of a header that are skipped, and most characters of one of them: what is longer is text. */
const maxParts = 14;
const maxPartLength = 300;

/** How far behind a header there must be letters, or the header was the text. */
const lookAhead = 80;

const named = /^[A-Za-z_]\w*$/;
const tagged = /^[\w.-]+(?:\([\w.-]*\))?\[\d+\]:$/;
const classed = /^(?:[A-Za-z][\w$-]*\.){2,}[\w$-]+:?$/;
const assigned = /^[A-Za-z]+[:=]/;
const structured = /[()[\]<>{}"'=,;]/;

/**
 * Where the text of a message starts: behind stamps, levels, threads in brackets, names of classes and the like, which a
 * reader that does not know the log has left in it. Never throws; takes time linear in the header.
 */
export function textStart(message: string): number {
  if (isPlainStart(message)) return 0;
  let start = 0;
  let position = 0;
  for (let part = 0; part < maxParts; part++) {
    const next = partEnd(message, position);
    if (next === position || next >= message.length) break;
    position = next;
    if (/[A-Za-z]{2}/.test(message.slice(position, position + lookAhead))) start = position;
  }
  return start;
}

/** Tells of most messages that they have no header, from the first word alone. */
function isPlainStart(message: string): boolean {
  let dots = 0;
  for (let index = 0; index < message.length; index++) {
    const code = message.charCodeAt(index);
    // Blank, colon, equals sign, and the bracket that opens arguments.
    if (code === 0x20 || code === 0x3a || code === 0x3d || code === 0x28)
      return index > 0 && !headerWords.has(message.slice(0, index));
    // A digit, an at sign, a bar or a square bracket: a stamp, a host, a column or a thread.
    if ((code >= 0x30 && code <= 0x39) || code === 0x40 || code === 0x7c || code === 0x5b || code < 0x20) return false;
    if (code === 0x2d && index === 0) return false;
    if (code === 0x2e && ++dots === 2) return false;
  }
  return true;
}

/** The end of the part of a header that starts here, or the start when it is no header. */
function partEnd(message: string, from: number): number {
  const start = skipBlanks(message, from);
  const first = message[start];
  if (first === undefined) return from;
  if (first === '[') return bracketEnd(message, start) ?? from;
  if (first === '-' || first === '|' || first === ':') return start + 1;
  const end = tokenEnd(message, start);
  return isHeaderToken(message.slice(start, end), message[end]) ? end : from;
}

function isHeaderToken(token: string, next: string | undefined): boolean {
  if (token.length > maxPartLength || next === undefined) return false;
  if (headerWords.has(token) || tagged.test(token) || classed.test(token)) return true;
  if (next === '|' && named.test(token)) return true;
  if (/.@./.test(token) && !token.includes('=')) return true;
  return /\d/.test(token) && !structured.test(token) && !assigned.test(token);
}

/** Behind `[thread]`, `[thread[name]/address]:` and the like. */
function bracketEnd(message: string, start: number): number | undefined {
  let end = message.indexOf(']', start);
  if (end < 0 || end - start > maxPartLength) return undefined;
  if (message[end + 1] === '/') {
    const outer = message.indexOf(']', end + 1);
    if (outer > 0 && outer - start <= maxPartLength && !/\s/.test(message.slice(end, outer))) end = outer;
  }
  return message[end + 1] === ':' ? end + 2 : end + 1;
}

function skipBlanks(message: string, from: number): number {
  let position = from;
  while (message.charCodeAt(position) <= 0x20) position++;
  return position;
}

function tokenEnd(message: string, start: number): number {
  let end = start;
  while (end < message.length && message.charCodeAt(end) > 0x20 && message.charCodeAt(end) !== 0x7c) end++;
  return end;
}
