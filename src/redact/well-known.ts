/** Accounts that systems and attackers' lists have anyway: they tell nothing of anybody, and a lot of what happened. */
const names = new Set(
  'root admin administrator test guest oracle postgres mysql mariadb redis mongodb www-data www web apache nginx nobody user ubuntu debian centos ec2-user pi git ftp ftpuser backup daemon bin sys mail postfix dovecot sshd nagios zabbix jenkins tomcat hadoop elastic deploy support operator info sa unknown anonymous'.split(
    ' ',
  ),
);

/** Tells whether a user's name is one of those that need no pseudonym. */
export function isWellKnownUser(name: string): boolean {
  return names.has(name.toLowerCase());
}

/** Words that tell what happened: an attacker may take any of them for a name, which must not take it out of everybody's entries. */
const words = new Set(
  'accepted access account address alert allowed attempt auth authentication blocked break-in change changed client closed closing command connect connected connection created critical daemon delete deleted denied disconnect disconnected error exception exceeded failed failure fatal file for from get group host http https illegal info invalid kernel key killed limit listening log login logout memory message method module new none not notice open opened out panic password permission port possible post preauth process protocol publickey put received refused reject rejected relay request reset response restart server service session socket ssh ssh2 sshd started status stopped success sudo system tcp the time timed timeout too tty udp unable undefined unit update user version warning while with'.split(
    ' ',
  ),
);

/** Tells whether a name is also one of those words. */
export function isLogWord(name: string): boolean {
  return words.has(name.toLowerCase());
}
