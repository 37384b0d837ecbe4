import type { RequestText } from './values.ts';

/** Tells whether a text changes a search in a directory, an XML document or a document database. */
export function isQueryInjection({ place, name, text }: RequestText): boolean {
  if (place === 'agent' || place === 'path' || place === 'referrer') return false;
  if (place === 'name') return false;
  if (operator.test(name) && !isApiFilter(name, text)) return true;
  if (place !== 'value') return false;
  if (comparison.test(text) && !isApiDocument(name, text)) return true;
  return directory.test(text) || document.test(text) || store.test(text);
}

const operator = /\[\$(?:ne|eq|gte?|lte?|n?in|regex|where|exists|n?or|and|not|size|type|expr|elemmatch|options|func)\]/;

/** Some programming interfaces take such names from their own pages, for comparing with something. */
function isApiFilter(name: string, text: string): boolean {
  return (
    !/\[\$(?:where|func|expr)\]/.test(name) &&
    text !== '' &&
    !(/\[\$(?:ne|nin|gt|regex|exists|not)\]/.test(name) && /^[.^]?[*+1]?\$?$|^null$|^undefined$/.test(text)) &&
    !/(?:pass|pwd|login|token)\w*\[/.test(name)
  );
}

const directory =
  /[*)(]\)\)?\( ?\(?[|&!]?\(?[a-z]{1,40} ?[~<>]?=|\)\( ?[|&!] ?\(|^\*\)\(|\(\| ?\(\w+=\*|\)\)%00|\(objectclass=\*|^\*\)+\(?[|&]?|^\w{0,20}\)\([&|]\)|^\)\(\w{1,20}=\*|^\*\(\)?\|/;
const document =
  /\bcount ?\( ?(?:\/|\w+::)|\/child::|string-length ?\( ?(?:\/|name|\w+\[)|\/\/\w{1,30}\[(?!@)|\]\|\/?\/?\w{0,10}\[|["']\] ?\| ?\/\/|['"] or (?:name|position|count|last|text|contains|starts-with) ?\(|ancestor(?:-or-self)?::|following-sibling::|\/\* ?\| ?\/\*|substring ?\( ?\/?\/?\*?\[?position/;
const comparison = /\{ ?["']?\$(?:ne|gte?|lte?|n?in|regex|where|exists|n?or|expr|func|eq)["']? ?:/;

/** Some take a whole query, whose fields are compared with something, in a parameter that is called so. */
function isApiDocument(name: string, text: string): boolean {
  return (
    /^(?:where|filters?|query|selector|criteria|conditions?|match|find)$/.test(name) &&
    /^\{ ?["']?[a-z_][\w.]{0,40}["']? ?:/.test(text) &&
    !/\$(?:where|func|expr|accumulator)|pass|pwd|token|secret|: ?(?:null|""|'')/.test(text)
  );
}

const store =
  /['"] ?(?:;|\|\|) ?(?:return |this\.|sleep ?\(|db\.|while ?\()|\$where ?[:=]|\bdb\.\w{1,40}\.(?:find|insert|remove|drop|update)|; ?return ?(?:true|1|\(|this|!)|\|\| ?1 ?== ?1|this\.\w{1,30} ?(?:==|!=|\.match)/;

/** Tells whether a text would put lines of its own into what a server answers or asks. */
export function isHeaderInjection({ place, name, decoded, text }: RequestText): boolean {
  if (place === 'agent' || place === 'query') return false;
  if (!/[\r\n]/.test(decoded)) return halved.test(decoded);
  // Addresses are one line, with at most an end that was copied along; texts of forms may have more.
  if (place === 'name') return true;
  if (place === 'path') return /[\r\n]\S/.test(decoded) && !copied.test(decoded);
  if (/https?\/\d\.\d \d{3}|<html/.test(text)) return true;
  return letter.test(name) ? answered.test(decoded) : header.test(decoded);
}

/** A link with the paragraph behind it. */
const copied = /^[^\r\n]*(?:\r?\n){2,3}[\w ,.-]{1,200}$/;

/** Fields that people write letters in, whose lines start with such words. */
const letter = /mess|msg|text|comment|body|content|descri|note|question|frage|anfrage|nachricht|mensa|bemerk|remark|feedback/;
const answered =
  /[\r\n]\s{0,4}(?:set-cookie2?|content-(?:type|length|disposition)|location|refresh|transfer-encoding)\s?:\s?\S*[=/;]/i;

/** The last bytes of two wide characters (U+560A, U+560D) are line ends to what drops the first ones. */
const halved = /å\x98[\x8a\x8d](?:set-cookie|location|content-|x-)/i;

const header =
  /[\r\n]\s{0,4}(?:(?:set-cookie2?|content-(?:type|length|disposition|security-policy)|location|refresh|transfer-encoding|access-control-[a-z-]+|x-[a-z-]{2,30}|host|cookie|link|status|last-modified|(?:b?cc|to|from|subject|mime-version))\s?:|(?:get|post|head|put|options|trace|connect|patch|delete|propfind)\s+(?:\/|https?:)|http\/\d|(?:helo|ehlo|mail from|rcpt to|data|quit|config set|slaveof|flushall|auth|eval)\b)/i;

/** Tells whether a text has a library look something up or run a function, wherever it is written to a log: Log4Shell, Shellshock. */
export function isLookup({ text, decoded }: RequestText): boolean {
  if (text.includes('${')) return lookup.test(text) || lookup.test(text.replace(/[^\w${:}/.-]/g, ''));
  return functionHead.test(decoded);
}

const lookup =
  /\$\{ ?(?:jndi|lower|upper|env|sys|java|ctx|main|marker|bundle|base64|script|dns|url|spring|docker|k8s|sd|map|web|date|log4j|file|const|xml|resourcebundle|localhost|properties|urlencoder|urldecoder|::-)\b ?:|\$\{[^}]{0,40}:-|\$\{ ?\$\{|\$\{::-/;
const functionHead = /^["' ]{0,3}\(\) ?\{(?! ?\})/;

/** Tells whether a text is an object of a program, packed as text, which runs code where it is unpacked. */
export function isSerialized({ place, decoded, text }: RequestText): boolean {
  if (place === 'query') return false;
  return (
    packed.test(decoded) ||
    isPackedArray(decoded) ||
    /_\$\$nd_func\$\$_|"(?:\$type|rce|__type)" ?: ?"?(?:system\.|_\$\$)|"@type" ?: ?"(?:java|com\.sun|org\.)|!!(?:python\/(?:object|name|module)|javax?\.)|!!?ruby\/(?:object|hash|struct)|\bcposix\b|c__builtin__/.test(
      text,
    )
  );
}

const packed =
  /(?:^|[;{"'|= ])[OC]:\+?\d{1,4}:\\?"[\w\\]{1,200}\\?":\d{1,5}:\{|^a:\d{1,4}:\{.{0,2000}O:\d|rO0AB[QXYZ2-9a-z]|^aced0005|^AAEAAAD\/{3,5}|^gA[RS]VV?|^BAh[bvJ]|^(?:H4sIA).{0,4}rO0|^Tzo[rxyz0-5][\w+/=]{8}/;

/** Tells whether a value is an array of PHP with an object in it, in base64; arrays of texts are what some systems send. */
function isPackedArray(decoded: string): boolean {
  return /^YTo[xyz0-5]/.test(decoded) && /[;{]O:\+?\d/.test(Buffer.from(decoded, 'base64').toString('latin1'));
}

/** Tells whether a text is a document that would have its reader fetch files: external entities of XML. */
export function isXmlEntity({ text }: RequestText): boolean {
  return (
    text.includes('<') &&
    /<!(?:entity|doctype)\b[^<]{0,200}(?:\b(?:system|public)\b|\[)|<!entity|<xi:include|\bxmlns:xi ?=|xsi:schemalocation ?=|<\?xml[^<]{0,100}\?> ?<!/.test(
      text,
    )
  );
}
