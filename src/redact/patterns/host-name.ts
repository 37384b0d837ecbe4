import type { RedactPattern } from '../pattern.ts';

/** Endings of names that are more often files or programs. */
const files = new Set(['py', 'sh', 'so', 'pl', 'rs', 'md', 'ps', 'cc', 'in', 'js', 'ts', 'gz', 'db', 'go', 'rb', 'cs', 'kt']);
const general = new Set(
  'com net org edu gov mil int info biz io co dev app cloud online site xyz top shop club tech local internal lan corp intranet home arpa example test invalid localdomain'.split(
    ' ',
  ),
);

/** Two letters are a country's. Source: ISO 3166-1. */
function isHost(value: string): boolean {
  const last = value.slice(value.lastIndexOf('.') + 1).toLowerCase();
  return general.has(last) || (last.length === 2 && !files.has(last) && /[a-z]/.test(value));
}

const pattern: RedactPattern = {
  title: 'Names of hosts',
  rank: 31,
  kind: 'host',
  find: /(?<![\w.@-])(?:[A-Za-z0-9_-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-]|\.\w)/g,
  accepts: isHost,
  isStrict: true,
  masks: ['relay ‹mx1.shop.example› refused', 'for ‹ns.somewhere.com.ua› [192.0.2.1]', 'db at ‹db1.internal›:5432'],
  keeps: [
    'index.php',
    'run.sh failed',
    'app.js is missing',
    'java.lang.NullPointerException',
    'nova.compute.manager',
    'e.g. this',
  ],
};

export default pattern;
