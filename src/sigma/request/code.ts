import type { RequestText } from './values.ts';

/** Tells whether a text would be run as PHP, if a site evaluated, included or stored it as it is. */
export function isPhpInjection({ text, name, place }: RequestText): boolean {
  if (!mayBePhp.test(text)) return name !== '' && settings.test(name);
  if (open.test(text) || wrappers.test(text) || (superglobal.test(text) && !named.test(text)) || settings.test(`${name}=${text}`))
    return true;
  if (place === 'agent') return false;
  return ownCall.test(text) || call.test(text) || dynamic.test(text);
}

const mayBePhp =
  /<\?|\$_|[[{][/\\]?php|:\/\/|[a-z0-9_"')]\s?\(|\$\w+\(|allow_url|auto_prepend|data:|globals|opcache|disable_functions/;
const open =
  /<\?(?: ?php\b|=| ?(?:echo|print|exec|system|eval|include|require|passthru|phpinfo)\b| ?$)|(?!^\[php\] [a-z])[[{][/\\]?php[\]}]|<script[^>]{0,40} language ?= ?["']?php|<%=? ?(?:eval|system|exec|execute|request|response|out\.print)|<%@ ?page /;
const wrappers =
  /\bphp:\/\/(?:input|filter|stdin|memory|temp|fd|output|stdout)(?![ +][a-z])|\b(?:expect|phar|zip|zlib|ogg|rar|glob|ssh2(?:\.\w+)?|compress\.\w+):\/\/|\bdata: ?(?:\/\/)?text\/plain\b(?!(?:;charset=[\w-]{1,20})?,[^<(]{0,400}$)/;
const superglobal =
  /\$_(?:get|post|request|server|cookie|session|files|env)\b|\$(?:globals|http_raw_post_data|http_\w{3,8}_vars)\b|\$\{?["']_(?:get|post|request)/;
/** Somebody asks about a variable, or about a tag, in words. */
const named = /^(?:\/[\w/]{0,40})?\$_[a-z]+(?: [a-z]+)+$/;
const settings =
  /(?:^|[ ?&;-]d?)(?:allow_url_(?:include|fopen)|auto_(?:prepend|append)_file|safe_mode|suhosin\.simulation|disable_functions|open_basedir|cgi\.force_redirect|cgi\.redirect_status_env)\b ?[=:]?|^-[ds] ?(?:\+|$)|^(?:(?:opcache|mbstring|zend|assert|cgi|sendmail|user_ini|extension|engine|pcre)[._]|session\.|session_save_|error_(?:append|log|prepend|reporting)|include_path|upload_(?:max|tmp)_)\w{0,40}=/;

const functions =
  'assert_options|base64_(?:de|en)code|bzcompress|bzdecompress|call_user_func(?:_array)?|call_user_method|chgrp|chmod|chown|convert_uu(?:de|en)code|copy|create_function|curl_(?:exec|init)|error_log|escapeshell(?:arg|cmd)|eval|exec|exif_\\w+|file(?:group|owner|perms)?|file_get_contents|file_put_contents|fopen|fputs|fsockopen|fwrite|get_cfg_var|get_current_user|get_defined_(?:vars|functions|constants)|getcwd|getenv|getmy[pug]id|gz(?:compress|decode|deflate|encode|file|inflate|open|uncompress)|highlight_(?:file|string)|ini_(?:get|set|restore)|is_(?:callable|executable|writable)|mb_ereg_replace|move_uploaded_file|mysql_\\w+|ob_start|opendir|parse_(?:ini_file|str)|passthru|pcntl_\\w+|pfsockopen|php(?:info|version|_uname|credits)|php_strip_whitespace|popen|posix_\\w+|preg_replace(?:_callback)?|print_r|proc_(?:open|close|nice|terminate|get_status)|putenv|readfile|readgzfile|register_(?:shutdown|tick)_function|rename|rmdir|scandir|set_(?:error|exception)_handler|shell_exec|show_source|simplexml_load_(?:file|string)|spl_autoload|stream_\\w+|str_rot13|str_repeat|strrev|symlink|syslog|system|tempnam|unlink|unserialize|usleep|var_dump|virtual|wp_\\w+|zend_\\w+';
/** The whole text is a call, with or without what closes the statement before it. */
const ownCall = new RegExp(
  `^[^a-z]{0,6}@?(?:(?:${functions}) ?\\((?! ?$|\\) ?[a-z]| \\w+:(?! ?["'])|(?<=^eval ?\\() ?\\))|(?:is|file|array|str|mb|ob|get|mysqli?|pg|preg|curl|stream|posix|zlib|gz|exif|image|ctype|socket)_\\w+ ?\\((?= ?\\)))[^()]{0,400}(?:\\([^()]{0,200}\\)[^()]{0,200}){0,3}\\)?\\)?[^a-z]{0,6}$`,
);
/** A call behind what ends a value, or with something that nobody writes in prose. */
const call = new RegExp(
  `(?:[;{}"'\`@=.(]|\\?>|\\$\\{) ?@?(?:${functions}) ?\\( ?(?:["'$\`@]|base64|chr ?\\(|gz|str_|array)|(?:^|[;{}@=(]) ?(?:print|echo|die|exit|printf|assert|return) ?\\(? ?(?:md5|sha1|phpinfo|system|exec|base64_decode|\\d+ ?\\* ?\\d+|\\$_|chr ?\\()`,
);
const dynamic =
  /(?:array_(?:map|filter|walk|reduce)|u[ak]?sort) ?\([^)]{0,60}["'](?:system|exec|passthru|shell_exec|assert|eval|phpinfo|popen)\b|^\((?:system|exec|passthru|shell_exec|assert|eval|phpinfo|[a-z]{1,6}\.[\w.()]{1,30})\) ?\(|^["'](?:system|exec|passthru|shell_exec|assert|phpinfo)["'] ?\(|\$\w{1,20} ?= ?["'][^"']{1,40}["'] ?; ?\$|\) ?\(["'][^"']{0,80}["'] ?\) ?;|\$\{@?(?:print|eval|system|phpinfo)|^\W{0,3}\(?["']?[a-z_]+["']?\)? ?\( ?["'][\w ]+["'] ?\) ?;$|\$[a-z_]\w{0,20}(?:\[\d\])? ?\(["'$]|"\.(?:system|phpinfo|exec|eval)\(|\(string\)["']|[)\]}] ?\( ?["'\w $-]{0,60}\) ?; ?$/;

/** Tells whether a text would be run as an expression: by a template engine, Java's EL and OGNL, Node.js, Python or SSI. */
export function isExpressionInjection({ text: whole, decoded, name, place }: RequestText): boolean {
  if (name !== '' && pollution.test(name)) return true;
  const text = whole.includes('at ') ? whole.replace(frame, ' ') : whole;
  if (!mayBeExpression.test(text)) return false;
  if (java.test(text) || included.test(text)) return true;
  if (place === 'agent') return false;
  if (pollution.test(text) || script.test(text)) return true;
  return /[{%#]/.test(text) ? isTemplate(text) : decoded.includes('@(') && /@\(\d+ ?\* ?\d+\)/.test(text);
}

/** A line of a stack trace, as apps report it. */
const frame = /\bat [\w.$]{1,200}\((?:native method|unknown source|[\w.-]{1,80}:\d{1,6})\)/g;

const mayBeExpression =
  /[{<%#@*$]|__|java|getruntime|processbuilder|classloader|child_process|process\.|require|constructor|import|os\.|subprocess|while|exports|memberaccess|ognl|nd_func|function|\.exec|@\(|eval/;
const included = /<!--# ?(?:exec|include|echo|printenv|set|config|fsize|if)\b|<esi:/;
const java =
  /\bjava\.(?:lang\.(?:runtime|processbuilder|system|class|reflect|thread)|runtime|io\.(?:file|input|buffered|output)\w*|net\.(?:url|socket)|util\.scanner|processbuilder)\b ?[.(@"'),;]|java\.runtime$|getruntime ?\(|\bprocessbuilder ?\(|\bt\((?:java|javax|org|com)\.\w|@java\.|class\.(?:module\.)?classloader|#_memberaccess|#context\b|#parameters\b|%\{ ?[#(]|ognl\.ognl|getclass\(\)|\.forname ?\(|scriptenginemanager|freemarker\.template|javax\.(?:script|naming)|org\.apache\.commons\.(?:io|collections)|bcel|groovy\.lang|new java\.|getengineb\w+\(|@org\.apache|velocity\.runtime/;
const pollution = /(?:^|[^ \w])__proto__(?:[[.\]"']|$)|constructor(?:\.|\]\[|\[["']?)prototype|__js_function|_\$\$nd_func/;
const script =
  /child_process|process\.(?:mainmodule|binding|env\b|exit|kill)|\brequire ?\( ?["'](?:child_|fs|os|http|net|vm|util)|\.execsync ?\(|%x\(|spawnsync ?\(|\b__import__ ?\(|\bos\.(?:system|popen|execv?) ?\((?! ?(?:[)&]|$))|\bsubprocess\.(?:popen|call|run|check_output) ?\((?! ?(?:[)&]|$))|\bexec ?\( ?(?:compile|"import|'import)|^while ?\([^)]{1,40}\)+ ?(?:[;{]|$)|^for ?\( ?;|\bnew function ?\(|^(?:eval|exec) ?\((?! ?\)| ?$| \w+:)|__builtins__|__subclasses__|globalthis\[|this\.constructor|\(function ?\(\) ?\{.{0,200}\}\)? ?\(\)|module\.exports ?=|^import ?\(|settimeout ?\( ?["'(f]/;

const templates: readonly RegExp[] = [
  /\{\{ ?["'\d(]{1,2}[^}]{0,40}[*+|%] ?["']?\d|\{\{[^}]{0,200}(?:__|constructor|config\b|self\b|request\b|settings\.|lipsum|cycler|joiner|namespace|_self|dump\(|app\.|system|exec|popen|import|include|\$on|\bid\b ?\||file_excerpt|range\(|passthru)/,
  /[$#*@~]\{\{? ?["'(]?\d+["')]? ?[*+-] ?["'(]?\d+|[$#*@]\{[^}]{0,200}(?:runtime|exec ?\(|getclass|t\(|new |system|\.class\b|applicationscope|sessionscope|param\.|pagecontext|facescontext|request\.|beanfactory|`|include|file\.read|`)/,
  /<%[=#-]? ?[^%]{0,200}(?:\d+ ?\* ?\d+|system|exec|`|file|open|runtime|process|require|eval|request|response)/,
  /^\W{0,6}\{ ?\d+ ?[*+] ?\d+ ?\}\W{0,6}$|\{(?:php|literal|if (?:system|phpinfo|exec|passthru|readfile)|system ?\(|smarty\.|self::|\$smarty)|\{% ?(?:import|(?:include|extends)(?! ["'][\w./-]+\.html?["'])|set|debug|load|raw|print)[^}]{0,200}(?:__|\(|%\})|\{% ?(?:if|for)\b[^}]{0,200}(?:__|\(|\d ?[*+=<>]|\bin (?:config|self|request)\b)|#set ?\( ?\$|#evaluate ?\(|\$class\.inspect|\$\{\{|\[\[\$?\{|__\$\{|<#assign|\?new\(\)|\$\{@|#\{(?:`|%x|system|exec|file|kernel|io\.)/,
];

function isTemplate(text: string): boolean {
  return templates.some((shape) => shape.test(text));
}
