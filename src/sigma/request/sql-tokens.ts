/**
 * The tokens of a text read as SQL, one letter each, so that what they form can be looked at as a short text:
 * `n` number, `s` string, `e` a quote at the end that opens one, `w` name, `f` known function, `F` function that only attackers call, `&` and or xor, `|` the
 * joining of strings, `=` comparison, `+` arithmetic, `( ) , ;`, `c` comment, `V` server variable, `U` union, `S` select,
 * `D` start of another statement, `W` waitfor, `B` order or group by, `H` having, `M` from, `T` into outfile, `C` case when,
 * `k` other clauses, `?` anything else.
 */
export type SqlTokens = string;

/** Most tokens that are read: what attacks does so at its start. */
const maxTokens = 96;

/** Reads `text`, folded, from `start` on, as if it stood inside `quote` until that closes. Linear in the text. */
export function sqlTokens(text: string, quote: string): SqlTokens {
  const reader = new Reader(text);
  if (quote !== '') reader.closeString(quote);
  while (reader.tokens.length < maxTokens && reader.step());
  return reader.tokens;
}

const functions = new Set(
  (
    'abs ascii avg bin bit_length cast ceil char character_length char_length chr coalesce compress concat concat_ws conv convert count ' +
    'current_database current_user database date_format db_name elt exists exp export_set field find_in_set floor format from_base64 ' +
    'greatest group_concat hex host_name if ifnull iif instr isnull json_array json_contains json_depth json_extract json_keys json_length json_object json_quote ' +
    'json_type json_unquote json_valid json_value lcase least left len length listagg load_file locate lower ' +
    'lpad ltrim make_set max md5 mid min name_const now nullif nvl oct ord pi position pow quote rand randomblob regexp_like ' +
    'repeat replace reverse right round row row_count rpad schema session_user sha sha1 sign strcmp string_agg substr substring ' +
    'substring_index sum suser_name sysdate system_user to_base64 to_char trim typeof ucase uncompress unhex unicode upper user ' +
    'user_name uuid version xmltype query_to_xml'
  ).split(' '),
);

const hostile = new Set(
  (
    'sleep pg_sleep benchmark extractvalue updatexml load_file load_extension xp_cmdshell xp_dirtree xp_fileexist xp_regread ' +
    'dbms_pipe.receive_message dbms_lock.sleep dbms_ldap.init dbms_xmlgen.getxml dbms_xmlquery.newcontext utl_http.request ' +
    'utl_inaddr.get_host_address utl_inaddr.get_host_name httpuritype ctxsys.drithsx.sn ordsys.ord_dicom.getmappingxpath analyse ' +
    'user_lock.sleep sys.fn_get_sql randomblob generate_series make_set regexp_substring crypt_key pg_read_file pg_ls_dir lo_import ' +
    'sp_executesql sp_password sp_oacreate gtid_subset gtid_subtract json_storage_free fn_sqlvarbasetostr master.dbo.xp_cmdshell ' +
    'receive_message'
  ).split(' '),
);

/** By token, the words that are that token alone; those under the empty one change nothing about what stands round them. */
const words: Readonly<Record<string, string>> = {
  '&': 'and or xor',
  '+': 'div mod',
  '=': 'like rlike ilike regexp glob between is in',
  U: 'union',
  S: 'select',
  H: 'having',
  M: 'from',
  W: 'waitfor',
  n: 'null true false',
  k: 'where limit offset then else end when as values set',
  '': 'not all distinct distinctrow binary any',
};

const letters = new Map(
  Object.entries(words).flatMap(([letter, list]) => list.split(' ').map((name) => [name, letter] as const)),
);

/** Statements are told by their first two words, because the first alone is English. */
const statement =
  /^(?:drop (?:table|database|view|user|index|schema|procedure|function)|insert (?:into|ignore)|delete from|update \w[\w.`"[\]]{0,60} set|exec(?:ute)? ?\(?(?:@|xp_|sp_|master|immediate|\()|declare @?\w+|create (?:table|user|or|function|database|temp)|alter (?:table|user|login|database|role)|truncate (?:table )?\w+$|shutdown(?:$|[ ;-])|grant \w+|begin (?:declare|dbms|execute|sys|\w+\.)|merge into|load data|copy \w[\w.]{0,60} (?:to|from)|call \w[\w.]{0,60} ?\(|set @|use master|if ?\()/;
const intoFile = /^into (?:outfile|dumpfile|@)/;
const variables = /^@@\w/;
const word = /[\p{L}_$#][\p{L}\p{N}_$#]*(?:\.[\p{L}_$#`[][\p{L}\p{N}_$#`\]]*)*/uy;
const number = /(?:0x[0-9a-f]+|0b[01]+|\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)(?![\p{L}_])/uy;
/** MySQL needs no blank between the fraction or the exponent of a number and a word. */
const joinedNumber = /\d+(?:\.\d*(?:e\d+)?|e\d+)(?=(?:union|from|and|or|order|into)\b)/y;
/** `1.e(` makes a name or a function out of what stands behind it: only to get past filters. */
const splitNumber = /\d+\.?e(?=[(.,`)])/y;
const casting = /::? ?(?:jsonb?|text|int(?:eger)?\d?|bool(?:ean)?|varchar|numeric|char|date)(?:\[\])?/y;

class Reader {
  tokens = '';
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes what stands before the closing quote as a string. */
  closeString(quote: string): void {
    this.#at = this.#endOfString(0, quote);
    this.tokens += 's';
  }

  /** Takes one token in; false at the end. */
  step(): boolean {
    const text = this.#text;
    if (this.#at >= text.length) return false;
    const character = text.charAt(this.#at);
    if (character === ' ') this.#at++;
    else if (character === "'" || character === '"' || character === '`') this.#string(character);
    else if (this.#comment()) return true;
    else if (this.#match(casting) !== '') return true;
    else if (this.#number() || this.#word()) return true;
    else this.#operator(character);
    return true;
  }

  #string(quote: string): void {
    const isLast = this.#at === this.#text.length - 1;
    this.#at = this.#endOfString(this.#at + 1, quote);
    // A name in backticks is a name.
    this.tokens += isLast ? 'e' : quote === '`' ? 'w' : 's';
  }

  #endOfString(from: number, quote: string): number {
    for (let at = from; ; at++) {
      at = this.#text.indexOf(quote, at);
      if (at < 0) return this.#text.length;
      if (this.#text.charAt(at + 1) === quote && at > from) at++;
      else if (this.#text.charAt(at - 1) !== '\\' || this.#text.charAt(at - 2) === '\\') return at + 1;
    }
  }

  #comment(): boolean {
    const text = this.#text;
    const at = this.#at;
    if (text.startsWith('/*', at)) {
      // MySQL runs what stands in /*! … */, so only its marks go.
      const runs = /\/\*!\d{0,6}/y;
      if (this.#match(runs) !== '') return true;
      const end = text.indexOf('*/', at + 2);
      this.#at = end < 0 ? text.length : end + 2;
      if (end < 0) this.tokens += 'c';
      return true;
    }
    if (text.startsWith('*/', at)) {
      this.#at += 2;
      return true;
    }
    const isLine = text.startsWith('--', at) || (text.charAt(at) === '#' && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1)));
    if (isLine) {
      // What stands behind, in one word at most, is what tools put there; more than that is prose.
      const rest = text
        .slice(at + 1)
        .replace(/^-/, '')
        .trim();
      this.tokens += rest.length <= 12 && !rest.includes(' ') ? 'c' : '-';
      this.#at = text.length;
    }
    return isLine;
  }

  #match(expression: RegExp): string {
    expression.lastIndex = this.#at;
    const [found = ''] = expression.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #number(): boolean {
    if (this.#match(splitNumber) !== '') {
      this.tokens += 'F';
      return true;
    }
    if (this.#match(joinedNumber) === '' && this.#match(number) === '') return false;
    this.tokens += 'n';
    return true;
  }

  #word(): boolean {
    const start = this.#at;
    const found = this.#match(word);
    if (found === '') return false;
    this.tokens += this.#letterOf(found, start);
    return true;
  }

  #letterOf(name: string, start: number): string {
    const ahead = this.#text.slice(start, start + 100);
    const next = /^ ?\(/.test(this.#text.slice(this.#at, this.#at + 2)) ? '(' : '';
    if (next === '(') {
      if (hostile.has(name) && !(name === 'benchmark' && /^\w+ ?\([^),]*\)/.test(ahead))) return 'F';
      if (functions.has(name)) return 'f';
    }
    if (name === 'case' && /^case (?:when|\w+ when|\()/.test(ahead)) return 'C';
    if (name === 'order' || name === 'group') return this.#match(/ by /y) === '' ? 'w' : 'B';
    if (name === 'sounds') return this.#match(/ like /y) === '' ? 'w' : '=';
    if (name === 'procedure') return this.#match(/ analyse ?\(/y) === '' ? 'w' : 'F';
    if (intoFile.test(ahead)) return 'T';
    if (statement.test(ahead)) return 'D';
    return letters.get(name) ?? 'w';
  }

  #operator(character: string): void {
    const ahead = this.#text.slice(this.#at, this.#at + 40);
    const sign = /^(?:<@|@>|->>?|#>>?|<=>|[<>!=]=|<>|=|<|>|!~\*?|~\*?(?=')|&&|\|\||[-+*/%^&|~!(),;]|@@?\w*|\{\w* ?|\})/.exec(
      ahead,
    );
    const found = sign?.[0] ?? character;
    this.#at += found.length;
    if (found.startsWith('@')) this.tokens += variables.test(found) ? 'V' : found === '@>' ? '=' : 'v';
    else if (/^[{}]/.test(found)) this.tokens += '?';
    else if (found === '||') this.tokens += '|';
    else if (found === '&&') this.tokens += '&';
    else if (/^[(),;]$/.test(found)) this.tokens += found;
    else if (/^(?:<@|->|#>|\?|[<>=!]=?|~)/.test(found) && found !== '!') this.tokens += '=';
    else if (/^[-+*/%^&|]/.test(found)) this.#sign(found);
    else if (found !== '!' && found !== '~') this.tokens += '?';
  }

  /** A sign before an operand belongs to it. */
  #sign(found: string): void {
    const isUnary = (found === '-' || found === '+') && /(?:^|[&|=+(,US;])$/.test(this.tokens);
    if (!isUnary) this.tokens += '+';
  }
}
