/** A small generator of numbers that are the same each time (mulberry32), so that generated logs are too. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (compatible; Examplebot/2.1; +https://bot.example/about)',
];
const paths = [
  '/',
  '/shop/item.php?id=',
  '/static/app.css?v=',
  '/api/v1/orders/',
  '/blog/2026/11/a-longer-title-',
  '/img/photo-',
];
const users = ['root', 'admin', 'deploy', 'test', 'oracle', 'git'];

/** Lines of an nginx access log in the combined format, about ten a second. */
export function* accessLines(count: number, seed = 1): Generator<string, void> {
  const next = numbersFrom(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  let ms = Date.UTC(2026, 10, 20);
  for (let index = 0; index < count; index++) {
    ms += next() * 200;
    const at = new Date(ms);
    const clock = at.toISOString().slice(11, 19);
    const stamp = `${String(at.getUTCDate()).padStart(2, '0')}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock} +0000`;
    const status = next() < 0.93 ? 200 : one([301, 304, 403, 404, 500]);
    const referrer = next() < 0.6 ? `https://shop.example${one(paths)}` : '-';
    yield `${address(next)} - - [${stamp}] "GET ${one(paths)}${Math.floor(next() * 1e5)} HTTP/1.1" ${status} ${Math.floor(next() * 5e4)} "${referrer}" "${one(agents)}"`;
  }
}

/** Lines of an auth.log under attack, in the traditional syslog form. */
export function* authLines(count: number, seed = 2): Generator<string, void> {
  const next = numbersFrom(seed);
  let ms = Date.UTC(2026, 10, 20);
  for (let index = 0; index < count; index++) {
    ms += next() * 1000;
    const at = new Date(ms);
    const stamp = `${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2, ' ')} ${at.toISOString().slice(11, 19)}`;
    const head = `${stamp} web1 sshd[${1000 + Math.floor(next() * 30_000)}]:`;
    const user = users[Math.floor(next() * users.length)];
    const from = `from ${address(next)} port ${1024 + Math.floor(next() * 60_000)}`;
    const kind = next();
    if (kind < 0.4) yield `${head} Failed password for ${user} ${from} ssh2`;
    else if (kind < 0.6) yield `${head} Invalid user ${user}${index} ${from}`;
    else if (kind < 0.8) yield `${head} Connection closed by authenticating user ${user} ${from.slice(5)} [preauth]`;
    else if (kind < 0.9) yield `${head} pam_unix(sshd:session): session closed for user ${user}`;
    else yield `${head} Accepted publickey for deploy ${from} ssh2: RSA SHA256:q1w2e3r4t5y6u7i8o9p0`;
  }
}

function address(next: () => number): string {
  return `203.0.${Math.floor(next() * 256)}.${Math.floor(next() * 256)}`;
}
