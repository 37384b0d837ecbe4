import type { RedactPattern } from '../pattern.ts';

/** Source: mysql(1), sshpass(1), curl(1), redis-cli(1), ldapsearch(1). */
const pattern: RedactPattern = {
  title: 'Passwords on command lines',
  rank: 9,
  kind: 'secret',
  find: /(?<=\s)--?(?:password|passwd|pass|passphrase|token|secret|api-?key|access-token|auth)(?:\s{1,3}|=)(?<value>[^\s-]\S*)|\b(?:mysql|mariadb)\w{0,10}\b[^|;&\r\n]{0,200}?\s-p(?<mysql>\S+)|\s-pass(?:in|out)?\s{1,3}pass:(?<openssl>\S+)|\bhtpasswd\s{1,3}-\w{0,5}b\w{0,5}\s\S{1,200}\s\S{1,64}\s(?<htpasswd>\S+)|\bsshpass\s{1,3}-p\s?(?<sshpass>\S+)|\bcurl\b[^|;&\r\n]{0,200}?\s(?:-u|--user)[ =](?<curl>\S+)|\bredis-cli\b[^|;&\r\n]{0,200}?\s-a\s(?<redis>\S+)|\bldap\w{3,8}\b[^|;&\r\n]{0,200}?\s-w\s(?<ldap>\S+)/g,
  masks: [
    'COMMAND=/usr/bin/mysql -u root -p‹hunter2› shop',
    'backup --password ‹hunter2› --all',
    'run: curl -s -u ‹ann:hunter2› https://shop.example/',
    'sshpass -p ‹hunter2› ssh web1',
    'openssl rsa -passin pass:‹hunter2› -in a',
    'htpasswd -cb /etc/users eva ‹hunter2›',
    'redis-cli -h db -a ‹hunter2› ping',
  ],
  keeps: ['mkdir -p /srv/www', 'login by --password', 'nmap -p 22'],
};

export default pattern;
