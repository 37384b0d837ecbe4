import type { RequestText } from './values.ts';

/**
 * Tells whether a text would run a script if a page showed it: as markup, inside an attribute, as an address or inside a
 * script. Markup that only looks different (`<b>`, links) is not enough.
 */
export function isScriptInjection({ text, decoded, place }: RequestText): boolean {
  if (!mayBeScript.test(text)) return false;
  const plain = text.includes('/*') ? text.replace(comment, '').replaceAll('  ', ' ') : text;
  if (isDisguised(text, plain)) return true;
  if (holdsActiveTag(plain) || attributeBreak.test(plain) || address.test(plain.replace(ignored, ''))) return true;
  if (place === 'agent') return false;
  return scripts.some((shape) => shape.test(plain)) || isSymbolsOnly(decoded) || otherBytes.test(decoded);
}

/** Blanks and comments where no writer of a script puts any. */
function isDisguised(text: string, plain: string): boolean {
  if (/^["' ]?(?:java|vb)script:/.test(text.replace(ignored, ''))) return !/(?:java|vb)script/.test(text);
  return /document ?\. ?(?:cookie|domain|write)/.test(plain) && !/document\.(?:cookie|domain|write)/.test(text);
}

const mayBeScript =
  /[<¼]|\bon[a-z]{3}|script ?:|\b(?:top|self|parent|frames|globalthis)\[|(?:alert|confirm|prompt)[,)]|\bj ?a|\bv ?b|reflect|formaction|\b(?:alert|confirm|prompt|eval|fromcharcode|settimeout|setinterval|document|window|location|constructor|function|import|atob|fetch)\b|\[\]|data:|adw-|-moz-binding|expression ?\(/;

/** Browsers pass over tabs, line ends and other control characters inside the scheme of an address. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const ignored = /[\s\0-\x1f\\]/g;
const comment = /\/\*[^*]{0,40}\*\//g;

const tagStart = /<\/?(?:[a-z][\w-]{0,20}:)?([a-z!?][\w-]{0,30})/g;

/** Elements that run or load something as they are. */
const active = new Set(
  (
    'script iframe frame frameset object embed applet base xss svg math style link meta isindex import vmlframe bgsound ilayer layer ' +
    'xml noscript template portal fencedframe importimplementation animate set handler listener'
  ).split(' '),
);
/** Of these, some need an attribute that does it; without one they are markup. */
const needsMore: Readonly<Record<string, RegExp>> = {
  link: /\bhref|stylesheet/,
  meta: /http-equiv|charset/,
  base: /href/,
  math: /href|on\w|<|action/,
  svg: /on\w{3}|<|\/|onload/,
  template: /<|on\w/,
  noscript: /<|on\w/,
  set: /on\w|attributename/,
  object: /data|classid|on\w|code/,
  xml: /src|datafld|on\w|\bid ?=|xmlns/,
};

/** Longest tag that is read to its end. */
const maxTag = 600;

function holdsActiveTag(text: string): boolean {
  if (!text.includes('<')) return false;
  if (
    /<!--#|<!\[cdata\[|<\?xml-stylesheet[^>]{0,200}href ?= ?["']?(?:javascript|data|https?:|\/\/)|<\?import\b|<[ x:]{1,3}s ?c ?r ?i ?p ?t\b|<s c r i p t\b|<f o r m\b|<!(?:entity|element|attlist)\b/.test(
      text,
    )
  )
    return true;
  const picture = drawn.test(text) ? 'svg' : '';
  let from = -1;
  for (const found of text.matchAll(tagStart)) {
    // A tag inside a tag was looked at with it; so the whole is read twice at most.
    if (found.index < from) continue;
    const start = found.index + found[0].length;
    const close = text.indexOf('>', start);
    const end = Math.min(close < 0 ? text.length : close, start + maxTag);
    const attributes = text.slice(start, end);
    const behind = text.slice(end, end + 60);
    if (
      found[1] !== picture &&
      !isMention(text.charAt(found.index - 1), attributes, behind) &&
      isActive(found[1] ?? '', attributes, behind)
    )
      return true;
    from = attributes.includes('<') ? -1 : end;
  }
  return false;
}

/** A drawing that a style sheet holds, which clients take for the address of a file, and nothing in it that runs. */
const drawn =
  /^[^<]{0,80}data:image\/svg[ +]xml[^<]{0,40}<svg(?!.{0,4000}(?:[\s"'/]on\w{3,20} ?=|script|foreignobject|<(?:set|animate|use|iframe)))/;

/** `how to use the <script> tag`: a tag of which prose speaks. */
function isMention(before: string, attributes: string, behind: string): boolean {
  return (
    /^[ +/_-]?$/.test(before) &&
    /^[a-z +]{0,12}$/.test(attributes) &&
    /^>?(?:[ +-][a-z .,?!+-]{0,60}(?:<[a-z]{1,10}>?[a-z .,?!+-]{0,40})?)?$/.test(behind)
  );
}

function isActive(name: string, attributes: string, behind: string): boolean {
  // A letter and a sign compare: "a <b" is prose.
  if (attributes !== '' && !/^[\s/>"'`<+&:=]/.test(attributes)) return false;
  if (active.has(name) && (needsMore[name]?.test(attributes + behind) ?? true)) return true;
  if (handler.test(attributes) || /[\s/]formaction ?=/.test(attributes)) return true;
  if (styled.test(attributes)) return true;
  return target.test(attributes.replace(ignored, ''));
}

/** React's `onClick={fn}` names a function, and runs nothing where it is no React. */
const handler = /(?:^|[\s/"'`+])on[a-z]{3,30}[\s\0]?=(?!\{[\w.]{1,40}\}(?:[\s/>]|$))/;
const styled = /style ?= ?["']?[^"'>]{0,200}(?:expression ?\(|-moz-binding|behavior ?:|javascript:|@import)/;
const target =
  /(?:href|src|action|formaction|data|poster|background|dynsrc|lowsrc|xlink:href|from|to|values|srcdoc|content)=["'`]?(?:[^"'`>]{0,40}url=["']?)?(?:javascript:|vbscript:|livescript:|data:(?:text\/html|text\/javascript|application|image\/svg|text\/xml)|feed:javascript)/;

/** Handlers by name, for a text that has no tag because it stands inside one. */
const names =
  'abort|activate|afterprint|animation(?:start|end|iteration)|auxclick|before(?:activate|copy|cut|input|paste|print|unload|toggle)|begin|blur|bounce|canplay(?:through)?|change|click|close|contextmenu|copy|cuechange|cut|dblclick|drag(?:end|enter|leave|over|start)?|drop|durationchange|end|ended|error|finish|focus(?:in|out)?|formdata|fullscreenchange|hashchange|input|invalid|key(?:down|press|up)|load(?:eddata|edmetadata|end|start)?|message|mouse(?:down|enter|leave|move|out|over|up|wheel)|page(?:hide|show)|paste|pause|play(?:ing)?|pointer(?:down|enter|leave|move|out|over|up|rawupdate)|popstate|progress|propertychange|readystatechange|repeat|reset|resize|scroll(?:end)?|search|seek(?:ed|ing)|select(?:start|ionchange)?|show|start|storage|submit|suspend|timeupdate|toggle|touch(?:cancel|end|move|start)|transition(?:cancel|end|run|start)|unload|volumechange|waiting|wheel';
const attributeBreak = new RegExp(
  `(?:^ ?|["'\`][\\s/+]?|[\\s/"'\`](?=on\\w{4,20} ?= ?["'\`]?[a-z0-9_.]{2,40} ?(?:\\(|=|\`)))on(?:${names}) ?=(?!=|$)|["'] ?[\\s/]style ?= ?["']?[^"']{0,60}(?:expression|url ?\\()|["'] ?(?:formaction|on[a-z]{4,30}) ?=(?!=)|["'] ?(?:autofocus|accesskey|contenteditable|tabindex)[ =/][^>]{0,80}on\\w{4,20} ?=`,
);

const address =
  /(?:^|["'=(`])(?:feed:|view-source:)?(?:(?:java|live|vb|j)script:(?!void\(0?\)|;?(?:$|[&"'])|history\.|window\.(?:close|print)\(|\/\/$)[^\s]*[(`=/\\]|vbscript:(?:msgbox|execute|eval|document|window|alert|\w+\()|data:text\/(?:html|javascript|xml)[;,]|jar:https?:|javas?cript&(?:colon|tab))/;

const sinks =
  '(?:alert|confirm|prompt|eval|settimeout|setinterval|execscript|document\\.write(?:ln)?|fetch|import|atob|print|open)';

/** What a script does that stands where a value was to stand. */
const scripts: readonly RegExp[] = [
  // ';alert(1)// and "-alert(1)-"
  new RegExp(
    `(?:^|["'\`/] ?[;,+\\-*/^|&%=?:)}\\]<>!~]{1,6} ?|[;{}]\\s?|\\breturn )\\(?(?:window|self|top|parent|this|globalthis|frames)?[.[]?["'(]?${sinks}["')\\]]{0,3} ?(?:\\?\\.)?[(\`] ?(?:\\d(?!\\) [a-z]{3})|["'\`/]|document|window|string\\.|location|this|atob|name|xss|cookie|self)`,
  ),
  /(?:[=(+;[,`{!] ?|^window\.)document ?\. ?(?:cookie|domain|location|write|body|forms)|document ?\. ?cookie ?[=;)+\]]|document\[["'`](?:cookie|location)|(?:window|self|top|parent|globalthis|frames)\[(?:["'`]\w+["'`]|["'`/]\w{0,20}["'`/](?:\.source)? ?\+[^\]]{1,60})\]|\(document\)\[|reflect ?\. ?\w+ ?\. ?call ?[`(]|document\.location ?=|(?:window|self|top|parent)(?:\.location|\[["'`]location) ?=|location(?:\.href)? ?= ?["'`]?(?:javascript|name|\/\/|https?:)/,
  /string ?\. ?fromcharcode ?\(|\beval ?\( ?(?:atob|string|unescape|name|location|function|window|decodeuri)|new function ?\(|\bfunction ?\(\) ?\{ ?(?:alert|document|window)|\(function ?\(\) ?\{ ?(?:alert|document|window|var|eval|location)|constructor ?(?:\.|\[["'`])constructor|\[\] ?(?:\.|\[["'`])\w{2,12}(?:["'`]\])? ?\. ?(?:call|apply|constructor)|\.constructor ?\(["'`]|\bimport ?\(["'`](?:data|https?|\/\/)/,
  /=(?:alert|confirm|prompt)[,;]|\]\.(?:find|map|some|every|filter|foreach|reduce)\((?:alert|confirm|prompt|eval)\b|\bfunction ?\(["'`]/,
  /\.(?:innerhtml|outerhtml|srcdoc) ?= ?|(?:localstorage|sessionstorage)\.(?:getitem|\w+ ?[)+])|xmlhttprequest ?\(\)|onerror ?= ?(?:alert|eval|prompt|confirm)|throw ?["'`{]?\w{0,10} ?;? ?onerror/,
  /-moz-binding ?:|behaviou?r ?: ?url ?\(|expression ?\( ?(?:alert|eval|document|window|this)|@import ?["'](?:javascript|data|https?|\/\/)|url ?\( ?["']?javascript:|[ +]adw-\/?[a-z].{0,200}ad4-/,
  /\$\{ ?(?:alert|confirm|prompt|eval|fetch|document|window|location)\b|`\$\{ ?\w+ ?\}/,
];

/** JavaScript of six characters: `[][(![]+[])[+[]]…`. */
function isSymbolsOnly(decoded: string): boolean {
  return /^[[\]()!+{}\s]{4,}$/.test(decoded) && /!\[\]|!!|\+\[|\[\]\)?\[/.test(decoded);
}

/** `<` and `>` as bytes of which old browsers dropped the highest bit. */
const otherBytes = /¼[^a-z/]{0,2}\/?[a-z][^¾]{0,200}¾/i;
