import { createHash } from 'node:crypto';
import { styleFor } from '../../io/style.ts';
import { htmlReport } from '../html/report.ts';
import { base64Lines, headerText, quotedPrintable } from '../mime.ts';
import type { Look, Renderer } from '../renderer.ts';
import { textReport } from '../text/report.ts';
import { verdictWords } from '../text/verdict.ts';

/** A whole mail for sendmail: text for any reader, and HTML for those that show it. Source: RFC 5322, RFC 2046 §5.1.4. */
const mail: Renderer = {
  isGrouped: true,
  defaultLimit: 50,
  async *render(digest, look) {
    const plain: Look = { ...look, columns: 72, style: await styleFor(false) };
    const text = await whole(textReport(digest, plain));
    const page = await whole(htmlReport(digest, plain));
    const boundary = `lp-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    const { from, to } = look.mail ?? {};
    const headers = [
      ...(from === undefined ? [] : [`From: ${from}`]),
      ...(to === undefined ? [] : [`To: ${to}`]),
      `Subject: ${headerText(subjectOf(verdictWords({ ...digest, since: undefined, until: undefined }, look.clock), look.clock.day(digest.now)))}`,
      `Date: ${digest.now.toUTCString().replace('GMT', '+0000')}`,
      'Auto-Submitted: auto-generated',
      'MIME-Version: 1.0',
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
    ];
    yield `${headers.join('\n')}\n\n`;
    yield `--${boundary}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(text)}\n`;
    yield `--${boundary}\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64Lines(page)}\n`;
    yield `--${boundary}--\n`;
  },
};

/** `[web1] 1 CRITICAL, 3 ERROR - 22 Nov`; without a host, the verdict and the day. */
function subjectOf(verdict: string, day: string): string {
  const [, host, what] = /^([^:\s]{1,60}): (.+)$/.exec(verdict) ?? [];
  return host === undefined ? `${verdict} - ${day}` : `[${host}] ${what} - ${day}`;
}

async function whole(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

export default mail;
