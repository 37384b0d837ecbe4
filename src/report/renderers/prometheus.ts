import { printable } from '../../io/printable.ts';
import type { Digest } from '../digest.ts';
import type { Renderer } from '../renderer.ts';
import { worstFirst } from '../words.ts';

/** Figures for the textfile collector of Prometheus' node exporter. Source: Prometheus, exposition formats, text 0.0.4. */
const prometheus: Renderer = {
  isGrouped: true,
  defaultLimit: undefined,
  async *render(digest) {
    for (const metric of metricsOf(digest)) yield linesOf(metric);
  },
};

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/** A label for each site or log; of more than this, a server for metrics would suffer. */
const maxLabels = 200;

function metricsOf(digest: Digest): readonly Metric[] {
  return [...findingMetrics(digest), ...logMetrics(digest), ...timeMetrics(digest)].filter(({ samples }) => samples.length > 0);
}

function findingMetrics({ totals, hidden, earlier, groups, findings }: Digest): readonly Metric[] {
  const fresh = groups.reduce((sum, group) => sum + (group.fresh ?? 0), 0);
  const risk = findings.reduce((worst, { risk_score }) => Math.max(worst, risk_score), 0);
  return [
    {
      name: 'lp_findings',
      help: 'Findings in the time reported.',
      samples: worstFirst.map((severity) => [{ severity }, totals[severity]]),
    },
    {
      name: 'lp_findings_new',
      help: 'Findings of what was not there in the time before.',
      samples: earlier === undefined ? [] : [[{}, fresh]],
    },
    {
      name: 'lp_findings_set_aside',
      help: 'Findings that people have set aside.',
      samples: Object.entries(hidden).map(([how, count]) => [{ how }, count]),
    },
    { name: 'lp_risk_score_max', help: 'Highest risk of a finding, 0 to 100.', samples: [[{}, risk]] },
  ];
}

function logMetrics({ sites: all, services, coverage }: Digest): readonly Metric[] {
  const sites = all.slice(0, maxLabels);
  const logs = coverage.slice(0, maxLabels);
  return [
    {
      name: 'lp_site_requests',
      help: 'Requests by site.',
      samples: sites.map(({ name: site, requests }) => [{ site }, requests]),
    },
    {
      name: 'lp_site_errors',
      help: 'Requests by site that were answered with 4xx or 5xx.',
      samples: sites.flatMap(({ name: site, refused, failed }) => [
        [{ site, class: '4xx' }, refused] as const,
        [{ site, class: '5xx' }, failed] as const,
      ]),
    },
    {
      name: 'lp_service_errors',
      help: 'Entries of a service that say that they are errors.',
      samples: services.slice(0, maxLabels).map(({ dataset, errors }) => [{ dataset }, errors]),
    },
    { name: 'lp_log_lines', help: 'Lines read by log.', samples: logs.map(({ source: log, lines }) => [{ log }, lines]) },
    {
      name: 'lp_log_lines_not_understood',
      help: 'Lines of no known format, or that could not be used.',
      samples: logs.map(({ source: log, unknown, dead }) => [{ log }, unknown + dead]),
    },
  ];
}

function timeMetrics({ lastRun, now }: Digest): readonly Metric[] {
  const ended = lastRun?.endedAt ?? lastRun?.startedAt;
  const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1_000);
  return [
    {
      name: 'lp_last_run_timestamp_seconds',
      help: 'When findings were last stored.',
      samples: ended === undefined ? [] : [[{}, seconds(ended)]],
    },
    { name: 'lp_report_timestamp_seconds', help: 'When this was written.', samples: [[{}, seconds(now)]] },
  ];
}

/** Of labels that are the same once they are cut and printable, the sum: Prometheus refuses a file that has one twice. */
function linesOf({ name, help, samples }: Metric): string {
  const sums = new Map<string, number>();
  for (const [labels, value] of samples) {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${quoted(text)}"`);
    const key = pairs.length === 0 ? '' : `{${pairs.join()}}`;
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  const lines = [...sums].map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

const maxLabel = 200;

function quoted(text: string): string {
  return printable(text.slice(0, maxLabel)).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

export default prometheus;
