import { printableJson } from '../../io/printable.ts';
import type { Finding } from '../../model/envelope.ts';
import type { Severity } from '../../model/severity.ts';
import type { Renderer } from '../renderer.ts';

/** Detection Findings of the Open Cybersecurity Schema Framework for SIEMs, one a line. Source: OCSF 1.3, class 2004. */
const ocsf: Renderer = {
  isGrouped: false,
  defaultLimit: undefined,
  async *render({ findings }) {
    for (const finding of findings) yield `${printableJson(JSON.stringify(detectionOf(finding)))}\n`;
  },
};

const severityIds: Readonly<Record<Severity, number>> = { INFO: 1, WARNING: 3, ERROR: 4, CRITICAL: 5 };
const severityNames: Readonly<Record<Severity, string>> = {
  INFO: 'Informational',
  WARNING: 'Medium',
  ERROR: 'High',
  CRITICAL: 'Critical',
};

function detectionOf(finding: Finding): object {
  const { id, severity, title, summary, action, rule, count, evidence, log } = finding;
  return {
    class_uid: 2004,
    class_name: 'Detection Finding',
    category_uid: 2,
    category_name: 'Findings',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200_401,
    type_name: 'Detection Finding: Create',
    severity_id: severityIds[severity],
    severity: severityNames[severity],
    status_id: 1,
    status: 'New',
    time: Date.parse(finding.last_seen),
    start_time: Date.parse(finding.first_seen),
    end_time: Date.parse(finding.last_seen),
    count,
    message: summary,
    metadata: {
      version: '1.3.0',
      product: { name: 'lp', vendor_name: 'lp' },
      log_name: log.source,
      original_time: finding.last_seen,
    },
    finding_info: {
      uid: id,
      title,
      desc: summary,
      types: [finding.category],
      created_time: Date.parse(finding.processed_at),
      first_seen_time: Date.parse(finding.first_seen),
      last_seen_time: Date.parse(finding.last_seen),
      analytic: { uid: rule.id, name: rule.name, type_id: 1, type: 'Rule' },
      ...attacksOf(finding),
    },
    ...(typeof action === 'string' && { remediation: { desc: action } }),
    risk_score: Math.round(finding.risk_score),
    observables: observablesOf(finding),
    evidences: evidence.map(({ timestamp, log: { source, offset }, original }) => ({
      data: { timestamp, source, offset, original },
    })),
    unmapped: { analyzer: finding.analyzer, ...(log.dataset !== undefined && { dataset: log.dataset }) },
  };
}

/** Each technique with each tactic, as the schema pairs them. */
function attacksOf({ threat }: Finding): object {
  const tactics = Array.isArray(threat?.tactic) ? threat.tactic : [];
  const techniques = Array.isArray(threat?.technique) ? threat.technique : [];
  if (tactics.length + techniques.length === 0) return {};
  const pairs = tactics.length === 0 ? [undefined] : tactics;
  const attacks = pairs.flatMap((tactic) =>
    (techniques.length === 0 ? [undefined] : techniques).map((technique) => ({
      ...(tactic !== undefined && { tactic: { uid: tactic.id, name: tactic.name } }),
      ...(technique !== undefined && { technique: { uid: technique.id, name: technique.name } }),
      version: '17.1',
    })),
  );
  return { attacks };
}

/** Kinds of observable. Source: OCSF 1.3, object observable. */
const kinds: Readonly<Record<string, readonly [id: number, name: string]>> = {
  host: [1, 'Hostname'],
  ip: [2, 'IP Address'],
  user: [4, 'User Name'],
  process: [9, 'Process Name'],
  source: [7, 'File Name'],
};

function observablesOf({ entity, related }: Finding): readonly object[] {
  const named = [
    [entity.type, [entity.value]],
    ['ip', related?.ip],
    ['user', related?.user],
    ['host', related?.hosts],
  ] as const;
  const all = named.flatMap(([type, values]) =>
    Array.isArray(values) ? values.map((value) => ({ type, value: String(value) })) : [],
  );
  const different = new Map(all.map((found) => [`${found.type} ${found.value}`, found]));
  return [...different.values()].map(({ type, value }) => {
    const [typeId, typeName] = kinds[type] ?? [99, 'Other'];
    return { name: type, type_id: typeId, type: typeName, value };
  });
}

export default ocsf;
