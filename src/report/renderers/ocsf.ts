import { printableJson } from '../../io/printable.ts';
import { at } from '../../model/decode.ts';
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
    ...(finding['status'] === 'acknowledged' ? { status_id: 2, status: 'In Progress' } : { status_id: 1, status: 'New' }),
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

/** Techniques with the tactic that they serve; where there are several, which serves which is not known, and each stands alone. */
function attacksOf({ threat }: Finding): object {
  const tactics = referencesIn(threat?.tactic).map((tactic) => ({ tactic }));
  const techniques = referencesIn(threat?.technique).map(techniqueOf);
  const [tactic] = tactics;
  const arePairs = tactics.length === 1 && techniques.length > 0;
  const attacks = arePairs ? techniques.map((technique) => ({ ...tactic, ...technique })) : [...tactics, ...techniques];
  return attacks.length === 0 ? {} : { attacks: attacks.map((attack) => ({ ...attack, version: '17.1' })) };
}

interface Reference {
  readonly uid: string;
  readonly name?: string;
}

/** Optional fields are not checked when a finding is read. */
function referencesIn(given: unknown): readonly Reference[] {
  return (Array.isArray(given) ? given : []).flatMap((each) => {
    const [id, name] = [at(each, ['id']), at(each, ['name'])];
    return typeof id === 'string' ? [{ uid: id, ...(typeof name === 'string' && { name }) }] : [];
  });
}

function techniqueOf(given: Reference): object {
  const [technique, part] = given.uid.split('.');
  return part === undefined ? { technique: given } : { technique: { uid: technique }, sub_technique: given };
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
