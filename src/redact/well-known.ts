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
