import { defineFormat } from '../format.ts';
import { end, ip, number, oneOf, optional, pattern, quoted, skip, stamp, text, within, word } from '../pattern.ts';
import { request } from '../pieces/access.ts';

const client = within('word', [oneOf([ip('source', 'rest')], pattern`-${end()}`)]);

/** Owner, bucket, time, client, requester, request id, operation and key; keys are percent-encoded. */
const head = pattern`${skip('word')} ${word('url.domain')} [${stamp('clf')}] ${client} ${word('user.id')} ${skip('word')} ${text('event.action')} ${skip('word')} `;
const result = pattern`${number('http.response.status_code')} ${skip('word')} ${number('http.response.body.bytes')} ${number()} ${number()} ${number()}`;

export default defineFormat({
  name: 's3_access',
  title: 'Amazon S3 server access log',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html',
  rank: 85,
  dataset: 'aws.s3_access',
  pattern: pattern`${head}${oneOf(pattern`"${within('quote', [request])}"`, pattern`-`)} ${result}${optional(pattern` "${quoted('http.request.referrer')}" "${quoted('user_agent.original')}"`)}${skip('rest')}`,
  samples: [
    {
      kind: 'good',
      line: '79a59df9 shop-files [22/Nov/2026:13:36:00 +0000] 203.0.113.5 arn:aws:iam::1:user/alice A1206F460EXAMPLE REST.GET.OBJECT a/b.html "GET /a/b.html?x=1 HTTP/1.1" 404 NoSuchKey 297 - 38 12 "-" "aws-cli/2" - BNaB= SigV2 ECDHE AuthHeader shop-files.s3.example TLSV1.2',
      fields: {
        'log.dataset': 'aws.s3_access',
        'source.ip': '203.0.113.5',
        'user.id': 'arn:aws:iam::1:user/alice',
        'event.action': 'REST.GET.OBJECT',
        'url.path': '/a/b.html',
        'http.response.status_code': 404,
        'http.response.body.bytes': 297,
        'user_agent.original': 'aws-cli/2',
      },
    },
    {
      kind: 'malformed',
      line: '79a59df9 shop-files [22/Nov/2026:13:36:00 +0000] - AmazonS3 A1206F460EXAMPLE S3.EXPIRE.OBJECT a.log - - - - 1718 - - "-" "-" -',
      fields: { 'source.ip': undefined, 'event.action': 'S3.EXPIRE.OBJECT', 'http.request.method': undefined },
    },
    {
      kind: 'hostile',
      line: '79a59df9 shop-files [22/Nov/2026:13:36:00 +0000] 203.0.113.5 - A1206F460EXAMPLE REST.GET.OBJECT x "GET /x HTTP/1.1" 403 AccessDenied 243 - 7 - "\\" 200 - 1" "[22/Nov/2020:13:36:00 +0000] 192.0.2.1" -',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'source.ip': '203.0.113.5', 'http.response.status_code': 403 },
    },
  ],
});
