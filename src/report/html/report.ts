import { createHash } from 'node:crypto';
import { styleFor } from '../../io/style.ts';
import type { Clock } from '../clock.ts';
import { type Digest, sumOf } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { coverageLines, creditLines, hiddenLines, modelLines, unlistedLines } from '../text/footer.ts';
import { emptyLines, newLines, openLines, verdictWords, whenWords } from '../text/verdict.ts';
import { numeral, worstFirst } from '../words.ts';
import { tacticStrip, topSources, trendChart } from './charts.ts';
import { listing, story } from './findings.ts';
import { clip, constant, type Html, html, nothing } from './markup.ts';
import { styleSheet } from './style.ts';
import { goneList, logTable, serviceTable, siteTable } from './tables.ts';

/** Nothing may be loaded or run; of styles, only the one in the page. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Lines of text are broken by whoever shows the page. */
const unbroken = 2_000;

/** The digest as one page of HTML that needs nothing else. */
export async function* htmlReport(digest: Digest, look: Look): AsyncGenerator<string, void> {
  const { clock } = look;
  const plain: Look = { ...look, columns: unbroken, style: await styleFor(false) };
  yield `${headOf(digest, plain)}`;
  yield `${trendOf(digest, clock)}${story(digest, clock)}`;
  yield `${listing(digest.groups, clock)}`;
  yield `${goneList(digest)}${siteTable(digest)}${serviceTable(digest)}`;
  yield `${sourcesOf(digest)}${logTable(digest)}`;
  yield `${footOf(digest, plain)}`;
}

function headOf(digest: Digest, look: Look): Html {
  const verdict = verdictWords(digest, look.clock);
  const said =
    sumOf(digest.totals) === 0 && digest.empty === undefined ? html`<h1 class="good">${verdict}</h1>` : html`<h1>${verdict}</h1>`;
  const tiles = worstFirst.map((severity) => {
    const count = digest.totals[severity];
    return html`<div class="tile ${severity.toLowerCase()}${count === 0 ? ' zero' : ''}"><b>${numeral(count)}</b><span>${severity}</span></div>`;
  });
  const remarks = digest.groups.length === 0 ? emptyLines(digest, look) : newLines(digest, look);
  const open = openLines(digest, look);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${clip(verdict, 200)}</title>
<style>${constant(styleSheet)}</style>
</head>
<body>
<main>
<header>
${said}
<p class="when">${whenWords(digest, look.clock)}</p>
<div class="tiles">${tiles}</div>
${remarks.length === 0 ? nothing : html`<p class="when">${remarks.join(' ')}</p>`}
${open.length === 0 ? nothing : html`<p><b>${open.join(' ')}</b></p>`}
</header>
`;
}

function trendOf(digest: Digest, clock: Clock): Html {
  return digest.trend.slots.length === 0 ? nothing : html`<div class="pair">${trendChart(digest, clock)}</div>`;
}

function sourcesOf({ findings }: Digest): Html {
  return findings.length === 0
    ? nothing
    : html`<h2>Who, and how far</h2><div class="pair two">${topSources(findings)}${tacticStrip(findings)}</div>`;
}

function footOf(digest: Digest, look: Look): Html {
  const lines = [unlistedLines, hiddenLines, coverageLines, modelLines, creditLines].flatMap((make) => make(digest, look));
  const said = lines.map((line) => html`<p>${line.trim()}</p>`);
  return html`<footer>${said}<p>Made by lp. It names addresses and quotes logs: keep it where only you can read it.</p></footer>
</main>
</body>
</html>
`;
}
