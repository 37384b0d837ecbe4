import type { Digest } from '../digest.ts';
import type { Coverage } from '../sites.ts';
import { entityIn, listed, logIn, numeral, worstFirst } from '../words.ts';
import { clip, type Html, html, nothing } from './markup.ts';

const maxRows = 100;

/** What each site was asked for. */
export function siteTable({ sites }: Digest): Html {
  if (sites.length === 0) return nothing;
  const rows = sites
    .slice(0, maxRows)
    .map(
      ({ name, requests, refused, failed, attack }) =>
        html`<tr><td>${clip(name, 100)}</td><td class="n">${numeral(requests)}</td><td class="n">${numeral(refused)}</td><td class="n">${numeral(failed)}</td><td>${clip(attack?.title ?? '', 100)}</td></tr>`,
    );
  const head = html`<tr><th scope="col">Site</th><th scope="col" class="n">Requests</th><th scope="col" class="n">4xx</th><th scope="col" class="n">5xx</th><th scope="col">Top attack</th></tr>`;
  return section('Sites', html`<table class="sites"><thead>${head}</thead><tbody>${rows}</tbody></table>`);
}

/** Which programs wrote errors. */
export function serviceTable({ services }: Digest): Html {
  if (services.length === 0) return nothing;
  const rows = services
    .slice(0, maxRows)
    .map(
      ({ dataset, entries, errors }) =>
        html`<tr><td>${clip(dataset, 100)}</td><td class="n">${numeral(entries)}</td><td class="n">${numeral(errors)}</td></tr>`,
    );
  const head = html`<tr><th scope="col">Service</th><th scope="col" class="n">Entries</th><th scope="col" class="n">Errors</th></tr>`;
  return section('Errors of services', html`<table><thead>${head}</thead><tbody>${rows}</tbody></table>`);
}

/** What was found in which log. */
export function logTable({ logs, coverage }: Digest): Html {
  if (logs.length === 0) return nothing;
  const read = new Map(coverage.map((log) => [log.source, log]));
  const heads = worstFirst.map(
    (severity) => html`<th scope="col" class="n">${severity.charAt(0)}${severity.slice(1).toLowerCase()}</th>`,
  );
  const rows = logs.slice(0, maxRows).map(({ source, totals }) => {
    const counts = worstFirst.map((severity) => html`<td class="n">${numeral(totals[severity])}</td>`);
    const share = read.size === 0 ? nothing : html`<td class="n">${readOf(read.get(source))}</td>`;
    return html`<tr><td>${clip(logIn(source), 200)}</td>${counts}${share}</tr>`;
  });
  const head = html`<tr><th scope="col">Log</th>${heads}${read.size === 0 ? nothing : html`<th scope="col" class="n">Understood</th>`}</tr>`;
  return section('Logs', html`<div class="wide"><table class="logs"><thead>${head}</thead><tbody>${rows}</tbody></table></div>`);
}

function readOf(log: Coverage | undefined): string {
  if (log === undefined || log.lines === 0) return '';
  const share = Math.max(0, log.lines - log.unknown - log.dead) / log.lines;
  return `${numeral(Math.floor(share * 1_000) / 10)} %`;
}

const maxGone = 20;

/** What was there in the time before and is not any more. */
export function goneList({ earlier }: Digest): Html {
  if (earlier === undefined || earlier.gone.length === 0) return nothing;
  const byTitle = new Map<string, string[]>();
  for (const finding of earlier.gone) byTitle.set(finding.title, [...(byTitle.get(finding.title) ?? []), entityIn(finding)]);
  const rows = [...byTitle]
    .slice(0, maxGone)
    .map(
      ([title, names]) =>
        html`<li>${clip(title, 200)} <span class="muted">${clip(listed([...new Set(names)], 5), 300)}</span></li>`,
    );
  return section('Gone since the last time', html`<ul class="gone">${rows}</ul>`);
}

function section(title: string, content: Html): Html {
  return html`<h2>${title}</h2><section class="panel rows">${content}</section>
`;
}
