import type { RequestText } from './values.ts';

/** Tells whether a text would have a shell run a command, if a program gave it to one as it is. Unix and Windows. */
export function isCommandInjection({ text, name, place, decoded }: RequestText): boolean {
  if (!mayBeCommand.test(text) && !decoded.includes('\n')) return false;
  // Programs name themselves with semicolons and brackets, and pages are searched for commands.
  if (place === 'agent' || place === 'referrer' || client.test(text))
    return leading.test(text) || substituted.test(text) || whatever.test(text);
  if (whatever.test(text) || substituted.test(text) || leading.test(text)) return true;
  if (separated.test(text) || atStart.test(text) || brace.test(text) || script.test(text) || globbed.test(text)) return true;
  if (calling.test(name) && called.test(text)) return true;
  if (text.includes('^') && /\w\^\w\^?\w/.test(text) && whatever.test(text.replaceAll('^', ''))) return true;
  if (decoded.includes('\n') && afterLineEnd.test(decoded)) return true;
  return disguise.test(text) && isDisguised(text);
}

/** A value that says which program sends it, as user agents do, with a list in brackets. */
const client = /^(?:mozilla|opera|dalvik|ucweb|nokia|blackberry)[\w.]{0,20}\/[\d.]{1,12} \(/;

const mayBeCommand =
  /[;|&`\n]|\$[({i]|\/bin\/|\bifs\b|cmd|powershell|\/dev\/|\b(?:wget|curl|nc|sh|bash|ksh|zsh|dash|perl|python|php|ruby|chmod|rm|cat|ls|echo|printf|alias|cd|ping|nslookup|invoke-|iex|certutil|type|dir|net|tftp|xterm|busybox|base64|uname)\b|\{\w*,|invoke-|new-object|<\(|!-\d|^~[+-]|winhttp|\b(?:bitsadmin|mshta|regsvr32|rundll32|wmic|schtasks|reg|find|eval|exec|dd|export)\b|\w\^\w|\/[a-z?*]*\?[a-z?*]*\/|--\w+-\w+=|proxycommand|^>|\$\{\w+:\d|^\$|['"\\]\w/;

/** Commands whose names are no words. */
const plain =
  'wget|curl|nc|ncat|netcat|bash|zsh|ksh|csh|tcsh|dash|whoami|uname|ifconfig|ipconfig|netstat|nslookup|chmod|chown|tftp|xxd|powershell(?:\\.exe)?|pwsh|cmd(?:\\.exe)?|certutil|bitsadmin|mshta|regsvr32|rundll32|wmic|tasklist|systeminfo|getent|busybox|mkfifo|mknod|nohup|crontab|iptables|printenv|passwd|useradd|lsof|dig|traceroute|tracert|gcc|perl|python[\\d.]*|ruby|php\\d?|lua|socat|telnet|scp|rsync|sudo|killall|pkill|dpkg|rpm|uuencode|mysqldump|regedit|schtasks|cscript|wscript|attrib|icacls|gunzip|journalctl|systemctl|qwinsta|dmesg|getfacl|hostnamectl|htop|lastlog|lastlogin|aptitude|apt-get|yum|bsdtar|perf|sh|pwd|ls|rm|cp|mv|ps|df|du|wc|xargs|awk|sed|grep|egrep|tac|chroot';
/** Commands whose names are words too, so that more must follow. */
const words =
  'cat|id|echo|printf|ping\\d?|sleep|kill|find|head|tail|more|less|set|env|export|type|dir|net|ver|time(?:out)?|host|hostname|touch|mkdir|date|who|w|last|test|sort|cut|tee|tar|zip|ssh|ftp|route|arp|read|eval|exec|source|reg|del|copy|move|start|base64|rev|node|vi|nano|ed|top|locate|which|at|open|make|mount|fetch|history|ln|dd|nl|od|man|command|if|for|while|expr|let|print';
/** What follows a command that is meant: an option, a path, a variable, an address; or the end. */
const behind =
  '(?: ?[;|&`<>)\\n]| +(?:-{1,2}\\w|\\/[a-z~*?]|\\/$|~|\\.{1,2}\\/|\\$|\\*|%\\w|[a-z]:\\\\|\\d{1,3}(?:\\.|$|\\)| ?[;|&`#])|"|\'|https?:|\\|))|<|\\$\\{?ifs|\\/\\w+\\/|\\+-';

const argument = `${behind}| ?$`;

/** The same, where a list of names may stand too. */
const clear =
  '(?: ?(?:[`>)\\n]|<(?![\\d=]))| +(?:-{1,2}\\w|\\/[a-z~*?]|\\/$|~|\\.{1,2}\\/|\\$|\\*|%\\w|[a-z]:\\\\|\\d{1,3}(?:\\.|$| ?[;|&`#])|https?:))|\\$\\{?ifs|\\/\\w+\\/|\\+-';

const separated = new RegExp(
  `(?:;|\\|{1,2}|&&|\\n|%0a)[ (]?["']?(?:(?:\\/usr)?(?:\\/local)?(?:\\/s?bin)\\/\\w|(?:${plain})(?:${argument}| ))|& ?(?:${plain})(?:${clear})|(?:;|\\|\\||&&|[\\d"')] ?\\|| ?& ?)[ (]?["']?(?:${words})(?:${clear})`,
);
const leading = new RegExp(
  `^["'\\d.)]{0,16} ?(?:;|\\|{1,2}|&{1,2}|\\(\\)|\\$\\(|\`|\\n|<\\() ?["']?(?:${plain}|${words})(?:${argument}|["'])`,
);
const substituted = new RegExp(
  `(?:\\$\\(|(?:^|[^ ])\`|<\\(|>\\() ?(?:(?:${plain})(?:[ )\`;|]|$)|(?:${words})(?:[)\`]|${argument})|\\/?(?:usr\\/)?bin\\/)`,
);
/** A line of a message may be a word that is a command too. */
const afterLineEnd = new RegExp(
  `[\\r\\n]\\s?(?:(?:${plain})(?:\\s|$|;)|(?:id|env|dir|ver|who|history)\\s*$|(?:${words})(?:${behind}))`,
  'i',
);
const brace = new RegExp(`\\{,?(?:(?:${plain}|echo),[-/.$\\w]|(?:${words}),[-/.$])|\\{,(?:${plain}|${words}|ip|l)\\b`);

/** What means a shell wherever it stands. */
const whatever =
  /\$\{?ifs\b|\/dev\/(?:tcp|udp)\/|(?<!^#!)\/bin\/(?:ba|z|k|c|tc|da)?sh\b(?! [a-z]|\^m: )|\/bin\/(?:cat|ls|id|ps|nc|ping|sleep|wget|uname|rm|echo|pwd|env)\b|\/usr\/(?:local\/)?s?bin\/(?:id|env|perl|python|wget|curl|nc|php|whoami|tail|head|top|base64|find|awk)|\b(?:wget|curl)(?:\.exe)? +(?:-[a-z-]+ +){0,4}(?:https?|ftp):\/\/|\bcmd(?:\.exe)? ?\/[ck]\b|\bpowershell(?:\.exe)? (?:-\w|[a-z]:\\|\(|&|iex|invoke)|\b(?:ba|z|k|da)?sh -[ci]\b(?= ?[^ ])|\bnc(?:at)? -[elnvp]{1,5}\b|\b(?:python[\d.]*|perl|ruby|php|lua|node) -[ecr] ?(?:["'(]|import|print|exec|system)|\bchmod (?:\+x|[0-7]?777) (?:[/.*$~"'-]|[\w-]+[ ./;|&])|\brm -(?:rf|fr|r)\b(?! [a-z]+(?: |$))|\bbase64 (?:-d|--decode)|\|\s?(?:ba|z|k|da)?sh ?$|\binvoke-(?:webrequest|expression|restmethod|command|item)|\biex ?\(|new-object (?:system\.)?net\.|\.downloadstring ?\(|\bcertutil(?:\.exe)? -|\bbitsadmin \/|\bmshta(?:\.exe)? https?|\bregsvr32(?:\.exe)? .{0,60}scrobj|\brundll32(?:\.exe)? \S{1,80}\.dll|\bwmic (?:process|os|useraccount|\/node)|\breg (?:query|add|save) hk|\bschtasks \/|\bnet use \\\\|\bfind \/.{0,100} -exec\b|--checkpoint-action=|--(?:upload|receive)-pack=|^-o ?proxycommand|\becho .{0,200}> ?\/(?:tmp|var|etc|home|opt|srv|usr|root)\/|^> ?\/(?:tmp|var|etc|home|opt|srv|usr|root)\/|\$\{\w{1,20}:\d{1,3}:\d{1,3}\}|^\$\{?(?:shell|ifs|cdpath|dirstack|oldpwd|ostype|shlvl|machtype|hosttype|bash_\w{1,20})\}?$|\bruby -rsocket|\bnet (?:user|localgroup) \w|>\/?dev\/null|2>&1|\bdir[ +]c:|%(?:comspec|systemroot|windir)%|\bwinhttp\.winhttprequest|\bxterm -display|-wrapper sh\b|\bkill -9 |(?:^|[;|&`(\n]) ?\/[a-z*]{0,6}\?[a-z?*]{0,6}\/[a-z*]{0,8}\?[a-z?*]{0,8}/;

const atStart = new RegExp(
  `^(?:(?:wget|curl) (?:-[^|;&\`$<>]{0,80}[/.|;&\`$<>]|https?:|ftp:|\\w+\\.\\w)|cd \\/(?:tmp|var|dev)|(?:cat|tac|head|tail|ls|nl|more|less) (?:-\\w+ )?\\/(?:etc|proc|var|home|root|tmp|bin|usr)|ls -\\w+(?!\\w| [a-z]{3})|printf \\w+.{0,40}\\||uname -\\w|ls \\/$|id ?[;|&]$|busybox -|ping -[cn] \\d|alias (?:\\+\\w\\+? )?\\w+=\\w|python[\\d.]+ \\w|net(?:\\.exe)? user|dir c:|type c:|(?:${plain});(?:$|[^ ]| (?:[#/"']|(?:${plain}|${words})\\b))|(?:k|z|ba)sh -)`,
);

/** What a shell takes for a line of a script, behind what ended the line before it. */
const script =
  /^["'\d.)]{0,16} ?(?:;|\|\||&&|\|) ?(?:\. ?\/\w|export \w+=|alias \w+=|for \w+ in |if \[|while (?:true|:|\[)|exec (?:ba)?sh|eval \w|(?:reboot|halt|poweroff|su) ?;?$|shutdown |dd if=|ftpget )|; ?do \w{1,20}.{0,100}; ?done|;\w{1,10}=\w{1,20};.{0,40}\$\w|^["'\d.)]{0,16} ?[;|&]{1,2} ?(?:id|whoami|uname) +(?:#|--)|\w\|{1,2} ?(?:sleep|ping) +-?\d/;

/** Names of files with holes, two in a path, as in `/b?n/c?t`. */
const globbed = /(?:^|[ ;|&`(])\/[a-z]{0,6}\?[a-z?*]{0,6}\/[a-z*]{0,8}\?[a-z?*]{0,8}/;

/** Parameters that are called like what runs a command, and commands that say nothing else. */
const calling = /^(?:cmd|exec|command|shell|execute|run_?cmd)$/;
const called =
  /^(?:id|whoami|uname(?: -\w+)?|ifconfig|ipconfig(?: \/all)?|netstat(?: -\w+)?|ps -?\w{1,4}|cat \S{1,80}|ls [-/]\S{0,80}|dir [a-z]:\S{0,40}|type \S{1,80}|net user|env|printenv|systeminfo|tasklist)$/;

/** Quotes, backslashes and empty variables inside a name, as in `c'a't` and `w\ho$@ami`. */
const disguise = /\w(?:''|""|\\|\$@|\$\*|\$\{\w{0,8}\}|\$\w{1,4}|\?)\w|['"]\w{1,4}['"]\w/;

/** A command in pieces, alone or with a file of the system. */
const broken =
  /^[a-z]{1,8}(?:(?:''|""|``|\\|['"][a-z]{1,8}['"])[a-z]{0,8}){1,4}(?: \/(?:etc|proc|var|home|root|tmp|bin|usr)\/\S{1,80})?$/;
const wholes = /^(?:whoami|uname|ifconfig|ipconfig|netstat|printenv|systeminfo|tasklist)$/;
const readers = /^(?:cat|tac|head|tail|less|more|nl|od|xxd|ls|rm|cp|mv|strings|base64|sort|rev)$/;

function isDisguised(text: string): boolean {
  if (broken.test(text)) {
    const [command = '', file = ''] = text.split(' ');
    const whole = command.replace(/["'`\\]/g, '');
    if (file === '' ? wholes.test(whole) : readers.test(whole)) return true;
  }
  if (!/[;|&`]|\$\(|^\//.test(text)) return false;
  const bare = text.replace(/(\w)(?:["'\\]|\$[@*]|\$\{\w{0,8}\})+(?=\w)/g, '$1').replace(/([;|&`(] ?)["'\\]+(?=\w)/g, '$1');
  return bare !== text && bare.length > 2 && (separated.test(bare) || leading.test(bare) || substituted.test(bare));
}
