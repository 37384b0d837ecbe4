import { foldText } from './decode.ts';
import { sqlTokens } from './sql-tokens.ts';
import type { Place, RequestText } from './values.ts';

/**
 * Tells whether a text would change what a database is asked, if a program put it into a query as it is: inside a string,
 * behind a number, or as a query of its own. Words alone are never enough; what counts is that they form SQL.
 */
export function isSqlInjection({ place, name, text: whole, decoded }: RequestText): boolean {
  if (place === 'query') return false;
  // Services for maps take a whole condition, and pages that want all say so.
  const text = conditions.test(name) ? whole.replace(/\b1 ?= ?1\b/g, '1') : whole;
  return isInjection(place, text) || disguises(decoded).some((disguised) => isInjection(place, foldText(disguised)));
}

function isInjection(place: Place, text: string): boolean {
  if (!(mayBeSql.test(text) || place === 'name')) return false;
  if (metadata.test(text)) return true;
  if (place === 'path') return segmentsOf(text).some(isSql);
  if (place === 'agent' && !/'|select|sleep/.test(text)) return false;
  return isSql(text);
}

/** Parameters that hold a condition in SQL, as ArcGIS and GeoServer have it. */
const conditions = /^(?:where|cql_filter|layerdefs?|definitionexpression)$/;

/** What is left where a page drops NULs, and where a database drops comments to the end of their lines. */
function disguises(decoded: string): readonly string[] {
  const texts: string[] = [];
  if (decoded.includes("'''")) texts.push(decoded.replace(/'{3,}/g, "'"));
  if (decoded.includes('\0')) texts.push(decoded.replaceAll('\0', ''));
  if (decoded.includes('\n') && /#|--/.test(decoded)) {
    const lines = decoded.split('\n');
    const last = lines.pop() ?? '';
    texts.push([...lines.map((line) => line.replace(/(?:#|--).*/, '')), last].join(' '));
  }
  return texts;
}

function isSql(written: string): boolean {
  if (bounds.test(written)) return false;
  const text = written.includes('<') || written.includes('>') ? written.replace(measured, ' ') : written;
  for (const quote of quotes) if (text.includes(quote) && breaksOut(sqlTokens(text, quote), text.indexOf(quote) < 3)) return true;
  return isPlainInjection(sqlTokens(text, '')) || always.test(text);
}

/** A comparison as prose has it: a sign that somebody quotes (`unexpected token '<'`), and inches (`55" <500`). */
const measured =
  /(?<=[a-z] )(["'])[<>]\1|(?<=, ?)(["'])[<>]=?\d+\2|(?<=href ?= ?)(["'])#\3|(?<=\d)"(?= ?(?:-?>|<) ?\d(?![^"']*(?:\b(?:or|and|union)\b|&&|\|\||--|#))[^"']*(?:"$|$))/g;

/** Two bounds of a number, as people search for them. */
const bounds = /^\d+ ?[<>]=? ?\d+ and \d+ ?[<>]=? ?\d+$/;

/** Most parts of a path that are read: programs take few of them for values. */
const maxSegments = 8;

function segmentsOf(path: string): readonly string[] {
  return path
    .split('/')
    .filter((part) => /[ '"`(]/.test(part))
    .slice(0, maxSegments);
}

const quotes = ["'", '"', '`'];

/** Without one of these there is nothing that a database would obey. */
const mayBeSql =
  /['"`(;#@=]|--|\/\*|\b(?:and|or|union|select|having|order by|group by|waitfor|like|from|exec|drop|case|procedure|into|div|xor|rlike|regexp|limit)\b|\|\||&&|\de[(.]/;

/** What only the tables and variables of a server are called. */
const metadata =
  /information_schema\b ?[.`]|\bpg_catalog\.|\bpg_(?:sleep|shadow|user|database|tables) ?(?:\(|--|;)|@@(?:version|datadir|hostname|basedir|servername|global|language)|\bsqlite_master\b|\bmysql\.(?:user|db)\b|\bsys\.(?:schemas|tables|databases|objects|user\$)|\b(?:master|msdb)\.\.|\bmaster\.dbo|\brdb\$\w|\bdomain\.(?:domains|tables|columns)\b|\bxp_(?:cmdshell|dirtree|regread|fileexist)|\bwaitfor delay ?['"(@n]|\bwaitfor time ?'|\bin (?:boolean|natural language) mode ?\)|\) ?:: ?(?:int|text|jsonb?|numeric)\b|^(?:pg_catalog|information_schema|mysql\.(?:db|user)|sys(?:objects|columns|databases)|all_tables|user_tables|sqlite_master|msysaccessobjects|northwind|tempdb)$|select (?:pg_sleep|@@|sleep ?\(|benchmark ?\(|load_file ?\(|user ?\(|version ?\(|database ?\()|\binto (?:outfile|dumpfile) ?['"]|\bfrom (?:sysobjects|syscolumns|sysusers|all_tables|user_tables|all_users|pg_shadow|msysobjects|sqlite_master)\b|\bto program ?'|\brdb\$database\b/;

/** What a text forms behind the string that it closes; its first token is that string. */
const breaking: readonly RegExp[] = [
  // ' or 1=1, ' and 'a'='a, ') or (name like '…
  /^s\)*&\(*[nsvV]\)*[=+|]/,
  /^s\)*&\(*w\)*=\(*[nsfFvVw(]/,
  /^s\)*&\(*[fF]\(/,
  /^s\)*&\(*w\(.*c$/,
  /^s\)*&\(*[SC]/,
  /^s\)*&\(*n?\)*[c;]/,
  /^s\)*&\(*(?:n|s|w)?\)*c$/,
  /^s\)*&\(*n\)*$/,
  /^s\)*&\(*n\)*[kBH&]/,
  // ' = ', ' like '%
  /^s\)*=\(*[nsfFvV]/,
  /^s\)*=\(+S/,
  // '||'…, '+(select …, ',(select …
  /^s\)*\|+\(*[nsfFSvVC]/,
  /^s\)*\|\(*w\(/,
  /^s\)*\+\(*(?:[fFSC]|s\)*(?:[+c]|$)|n\)*[c+]|v)/,
  /^s\)*,\(*(?:[SFC]|f\(|n\)*[c,]|s?\)+c)/,
  // '; drop table …
  /^s\)*;+\(*(?:[DSWFfC]|v|$|c)/,
  // ' union select …, ' order by 3, ' having 1=1, ' into outfile
  /^s\)*U\(*S/,
  /^s\)*B\(*w?[nHfF(]/,
  /^s\)*H/,
  /^s\)*[WDTF]/,
  /^s\)*(?:k\(*[nwsf]+\)*)?k?\(*n=n/,
  /^s\)*kn[,c]/,
  /^s\)+k(?:w|\(|n)/,
  // admin'--
  /^s\)*c/,
];

/** `isShort` where next to nothing stands before the first quote, so that a quote at the end may be the end of a test. */
function breaksOut(read: string, isShort: boolean): boolean {
  const tokens = isShort ? read.replace('e', 's') : read;
  if (tokens === 's') return false;
  return breaking.some((shape) => shape.test(tokens)) || holdsHostile(tokens.slice(1));
}

/** What is SQL wherever it stands. */
const anywhere: readonly RegExp[] = [
  // Two values that no column stands between.
  /(?:^|[nswvV)c])&\(*(?:n(?:\+n)*\)*=\(*(?:[ns]|f\()|s=s)/,
  /^n\|\(*n=n/,
  /(?:^|[nwsvV)])\)*U\(*S(?:[nfFsvV+(S]|w[,(c]|w?M\(*[wf])/,
  /[nsvV)]\)*U\(*S/,
  /[=+|&,(][(]+S(?:[nfFsvV+(C]|w[,M(])/,
  /^\(+S(?:[nfFsvV+(C]|w[,M(])/,
  /(?:^|[nws)'])\)*;+\(*(?:D|W|F|S(?:[nfFsvV+(C]|w[,M(]))/,
  /(?:^|[nsvV)])\)*&\(*(?:f\(.*[=)]|F)/,
  /&\(*f\([^)]*\)+=\(*[nsf(]/,
  /(?:^|[^w.?])Ck?\(*n=n/,
  /[&=,(+]f\(n=n/,
  /Hn=n/,
  /^\(*n\)*B\(*n(?:c|$|,n)/,
  /^[ns]\)+(?:c|;c)/,
  /^n;?c$/,
  /\)+[&k]\(*n=n/,
  /[WT][sn(v]/,
  /^f\(n=n,/,
  /^[fF]\([^)]*\)+[+|=]\(*[fSF]/,
  /^[fF]\($/,
  /;f\(n=n/,
];

/** Holds whatever stands before it; two numbers alone would be prose. */
const always =
  /^["']?-?\d+\)* ?(?:or|\|\||xor) ?\(*true\)*$|^(?:concat|char|chr|unhex)\((?:0x[0-9a-f]{2,}|\d{1,3},)|^[\w-]{0,20}[().,]{0,8}(?:'[().,]{0,8}"|"[().,]{0,8}')[()'".,]{0,12}$/;

function isPlainInjection(tokens: string): boolean {
  // A whole query is what some interfaces take, or several, with others inside.
  const plain = tokens.startsWith('S') ? tokens.replace(/[;(](?=S)/g, '?') : tokens;
  return anywhere.some((shape) => shape.test(plain)) || holdsHostile(tokens);
}

/** A call that only attackers make, unless it stands among words, as it does in prose and in programs. */
function holdsHostile(tokens: string): boolean {
  return /(?:^|[^w?.])F(?!\([nw]?\)=?w(?!\())\(?[nsfwSvV()F.,]/.test(tokens);
}
