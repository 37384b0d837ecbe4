import type { RequestText } from './values.ts';

/** Tells whether a text leaves the directory that it was meant for, or names a file of the system that no page gives out. */
export function isTraversal({ place, name, raw, text, decoded }: RequestText): boolean {
  if (place === 'agent') return /(?:\.\.[\\/]){3}|\.\.[\\/]etc[\\/]/.test(text);
  if (place === 'query') return false;
  if (asked.test(text) && fileNames.test(name)) return true;
  if (place === 'value' && /^\/(?:[\w-]{1,30}\/){0,6}\.env$/.test(text)) return true;
  if (!mayBePath.test(text) && !decoded.includes('\0')) return false;
  if (systemFile.test(place === 'path' ? served(text) : text) && !isProse(text))
    return place !== 'referrer' || text.includes('..');
  if (decoded.includes('\0') && nulls.test(decoded)) return true;
  const climbs = text.match(climb)?.length ?? 0;
  if (place === 'path') return isClimbingPath(raw, text, climbs);
  if (place === 'referrer') return climbs > 2;
  // One step, to what pages show.
  if (text.split('..').length === 2 && isBrokenLink(raw, text, climbs)) return false;
  return climbs > 1 || (climbs === 1 && (twice.test(raw) || (lonely.test(text) && !returning.test(name)))) || doubled.test(text);
}

const mayBePath =
  /\.\.|\/etc\/|\/proc\/|\/var\/|\.ini\b|[a-z]:[\\/]|web-inf|\/\.|file:|\\\\|\.ssh|\.htaccess|passwd|shadow|system32|wp-config|\.conf\b|etc\/|tomcat|web\.config|\.(?:env|git)|\.\.;|\/root\//;

/** Files that hold a site's secrets or settings, where a parameter is the name of a file. */
const asked =
  /^(?:\.{0,2}[\\/])*(?:\.(?:env|htaccess|htpasswd|git[\\/](?:config|head)|ssh[\\/]\w{1,30}|aws[\\/]\w{1,30})|wp-config\.php|web\.config|(?:web|meta)-inf[\\/]\S{1,80}|id_rsa|etc[\\/]\w{1,20})$/;
const fileNames =
  /^(?:.{0,20}_)?(?:file(?:name|path|s)?|path|page|include|template|load|read|down(?:load)?|doc(?:ument)?|src|img|image|f|p)$/;

/** Up by one directory, in all spellings that a file system or a server takes for it. */
const climb = /(?:^|[\\/=:,;"'(])\.{2,3};?[\\/]|[\\/]\.{2}$|\.{2}\\/g;
/** What filters leave that take out `../` once, and what other systems take for a slash. */
const doubled =
  /\.{3,4}(?:\/{2}|\\{1,2})|\.\.\/\.{1,2}\/\.\.|\.\.[\\/]{2,}\.\.|(?:^|\/)\.\.;\/|\.\.0x2f|\.\.(?:%|\\u)|\.\?\/\.\?\/etc/;
/** A slash or dots that were encoded although no program has a reason to. */
const hidden = /%2e%2e|\.%2e|%2e\.(?:\/|%2f)|\.\.%(?:2f|5c|25|c0|c1|u)|%252|%c0%a|\.\.\\|%%3/i;
const twice = /%2e|%25|%c0|%c1|%u|\.\.\\/i;
/** Up once, for a file that is worth it. */
const lonely =
  /\.{2}[\\/](?:[\w.-]+[\\/])*(?:etc|win|windows|winnt|boot\.ini|proc|web\.config|\.env|\.git|\.ht\w+|config(?:uration)?\.\w+|database\.\w+|settings\.\w+|wp-config|web-inf|[\w-]+\.(?:ini|conf|cfg|log|ya?ml|bak|sql|pem|key|php|inc|asp|jsp))/;
/** A path without what is no file of the system in it: pages that were tried on a desk name its files, and tags are called so. */
function served(path: string): string {
  return path.replace(/\/file:\/+(?:[a-z]:\/+(?!win)|android_)/, '/').replace(/(?<!\.)\/\.ht(?:access|passwd)$/, '');
}

/** Somebody asks about a file, in words. */
function isProse(text: string): boolean {
  return / |\w\+\w/.test(text) && !/\.\.|[;|&<>`$'"\0]|file:/.test(text);
}

const nulls = /\0(?:$|\.\w{1,5}$|[/\\])|[/.]\w{1,10}\0/;

const systemFile =
  /(?:^|[/\\=:"'( |,;])etc[\\/]+(?:\.[\\/])*(?:passwd|shadow|group|hosts|issue|motd|fstab|crontab|sudoers|resolv\.conf|hostname|my\.cnf|mysql\/|apache2?\/|httpd\/|nginx\/|ssh\/|ssl\/|php\S{0,10}\.ini|security\/|inetd|profile|os-release|network\/|cron|rc\.|redis|proftpd|vsftpd|samba|environment|mtab|init\.d|\w+-release|lsb-|pam\.d|kubernetes\/|anacrontab|aliases|bash\.?bashrc|login\.defs|nsswitch|ld\.so|ldap\/|krb5|logrotate|sysconfig\/|default\/\w|(?:[\w-]{1,30}\/){0,3}[\w-]{1,30}\.(?:conf|cnf|cfg|ini|cf)\b)(?!-[a-z]{4})|[/\\]proc[\\/]+(?:self|version|cpuinfo|meminfo|mounts|net|sched_debug|\d+|cmdline|environ)|(?:^|[\\/=])(?:boot|win|system|desktop)\.ini\b|[\\/]windows[\\/]+(?:system\.ini|win\.ini|repair|debug|panther|php)|[\\/]winnt[\\/]|system32[\\/]+(?:drivers|config|cmd|inetsrv|logfiles)|web-inf[\\/]|(?:^|[\\/])meta-inf[\\/](?:context|manifest)|\.ssh[\\/](?:id_|authorized|known|config)|[/\\]\.ht(?:passwd|access)\b|[/\\]var[\\/]+(?:log|lib[\\/](?:mysql|mlocate|php)|run[\\/]secrets|www[\\/].*\.\.|www[\\/][\w./-]{1,100}\.(?:php|conf|env|ini)\b|mail|spool[\\/]cron)|[/\\](?:usr|opt)[\\/]+(?:local[\\/]+)?(?:apache|etc|apps|lib|nginx|lampp|php|mysql)\S{0,80}(?:conf|ini|log|passwd)\b|[/\\](?:httpd|apache2?|nginx|php|my|proftpd|vsftpd|pureftpd|redis|lighttpd)\.(?:conf|cnf|ini)\b|(?:^|(?<!^~)[/\\])(?:\.bash_history|\.bashrc|\.mysql_history|\.psql_history|\.netrc|\.pgpass|\.my\.cnf)\b|[/\\]root[\\/]\.|[a-z]:[\\/]+(?:winnt|windows[\\/]+(?:system\.ini|win\.ini)|boot\.ini|inetpub|program files|xampp|users[\\/]administrator|wamp|apache|php|mysql)|file: ?\/{1,3}(?:etc|proc|var|c:|[a-z]:|\w+\/)|applicationhost\.config|tomcat-users\.xml|global\.asa/;

/** Links of pages that were moved lead out of the site by a step or two, to what pages show; some were written with `\`. */
function isBrokenLink(raw: string, text: string, climbs: number): boolean {
  return climbs <= 2 && shown.test(text) && !/%2[e35f]|%c|%u|[;:#]/i.test(raw);
}

const shown = /\.(?:png|jpe?g|gif|webp|svg|ico|css|js|woff2?|ttf|eot)$/;

function isClimbingPath(raw: string, text: string, climbs: number): boolean {
  if (/(?:^|\/)\.\.;/.test(text) || doubled.test(text)) return true;
  if (climbs === 0 || isBrokenLink(raw, text, climbs)) return false;
  // Programs join paths with `..` and browsers take it out again; nobody encodes it.
  if (hidden.test(raw)) return true;
  let depth = 0;
  for (const part of text.split(/[\\/]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return climbs > 4;
}

/** Tells whether a parameter would have a page include or fetch something of the attacker's: a program, or an inner service. */
export function isForeignAddress({ place, name, text }: RequestText): boolean {
  if (place === 'path') return /^\/+proxy[^\s]{0,80}(?:169\.254\.169\.254|metadata\.google)/.test(text);
  if (place !== 'value' && place !== 'name') return false;
  if (/^unix:.{0,4000}\|/.test(text)) return true;
  if (!mayBeAddress.test(text)) return false;
  if (schemes.test(text) || inner.test(text)) return true;
  // Sign-in of programs comes back to the own machine.
  if (loopback.test(text) && fetching.test(name) && !returning.test(name)) return true;
  return remoteFile.test(text) || (includes.test(name) && /^(?:https?|ftps?):\/\/|^\/\/|^\\\\/.test(text));
}

const mayBeAddress =
  /^["' ]?[a-z][\w+.-]{1,12}:|^\/\/|^\\\\|localhost|127\.0|internal|kubernetes|\.me\b|^ip|metadata|169\.254|\?$/;
const schemes =
  /^["' ]?(?:gopher|dict|tftp|netdoc|jar|ldaps?|sftp|smb|imap|file|ssh2):\/?\/?[\w/[.]|^\\\\(?:\d{1,3}\.|[\w.-]+\.[a-z]{2,}\\)/;
const inner =
  /169\.254\.169\.254|metadata\.(?:google|packet|tencentyun|nicecloud)|100\.100\.100\.200|\[?fd00:ec2::254|192\.0\.0\.192\/|instance-data\b|^https?:\/\/(?:0x[0-9a-f]{2}|0\d+\.|\d{8,10}(?:[:/]|$)|0(?:[:/]|$)|\[::\w{0,40}\]|\[0:0:|\[::ffff:)|^https?:\/\/(?:rancher-metadata|kubernetes\.default)|^(?:https?:\/\/)?(?:[\w-]+\.docker\.internal|host\.containers\.internal|kubernetes\.default\.svc|ip(?:v?6)-l\w+|lvh\.me|localtest\.me|vcap\.me)\b|a9fea9fe|2852039166|\.(?:nip|xip|sslip)\.io\b/;
const loopback =
  /^(?:https?:)?\/\/(?:[^/@]{0,60}@)?(?:localhost\b|127(?:\.\d{1,3}){1,3}|0\.0\.0\.0|127\.1\b|localtest\.me)|^localhost[\w.]{0,20}\/|^127(?:\.\d{1,3}){3}\//;
const fetching =
  /ur[il]|src|dest|target|proxy|fetch|file|ima?ge?|feed|host|domain|load|path|ssrf|hook|endpoint|link|server|remote|html|data|port$|view|dir|show|open|address|api|resource|source/;
const returning =
  /redirect|return|callback|origin|referr?er|next|continue|post_?logout|success|cancel|back|site|page_?url|document|location|^u?$|^dl$|^d[lr]$/;
/** Addresses of programs on bare hosts, and those whose end is cut off by a question mark. */
const remoteFile =
  /^\/\/\d{1,3}(?:\.\d{1,3}){3}\/|^ftps?:\/\/[^?]{1,400}\.(?:php|phtml|asp|jsp)\b|^(?:https?|ftps?):\/\/[^?#]{1,400}\?{1,2}$|^(?:https?|ftp):\/\/\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\/[^?]{0,200}\.(?:txt|php\d?|sh|gif|jpg|pl|py|exe|inc|bin|dat|html?)\b|^(?:https?|ftp):\/\/[^?]{1,400}\/(?:r57|c99|cmd|shell|id|test|evil)\d{0,3}\.(?:txt|php|gif|jpg)\b/;
const includes =
  /^(?:mosconfig_|_conf\[|_server\[|globals\[|_session\[|_request\[|_files\[|phpbb_root_path|absolute_path|root_path|include_path|includepath|dir_?path|basepath|base_path|abspath|site_path|inc_dir|include_?dir|path_to|lib_?path|phpgw_api|gallery_basedir|classes_dir|config\[|template_path|inc_path|app_path|script_?path)/;
