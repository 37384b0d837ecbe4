import { type Finding, schema } from '../../src/model/envelope.ts';

const epochMs = Date.parse('2026-11-22T00:00:00.000Z');

/** A finding like those of a busy server, different for each `number`; `changes` replace its fields. */
export function finding(number: number, changes: Partial<Finding> = {}): Finding {
  const ip = `203.0.${(number >> 8) % 256}.${number % 256}`;
  const at = (seconds: number): string => new Date(epochMs + (number % 86_000) * 1_000 + seconds * 1_000).toISOString();
  const entry = (offset: number) => ({
    timestamp: at(offset),
    log: { source: '/var/log/auth.log', offset: number * 1_000 + offset * 100 },
    original: `Nov 22 13:36:0${offset} web1 sshd[801]: Failed password for root from ${ip} port 4022 ssh2`,
  });
  return {
    schema,
    type: 'finding',
    id: `finding${String(number).padStart(15, '0')}`,
    severity: 'ERROR',
    title: 'SSH password guessing',
    summary: `${ip} tried 10 passwords for root in 9 seconds.`,
    action: 'Block the address, and switch password logins off.',
    rule: { id: '8b1f6f4e-6a8f-4d57-9d0c-0d1b4b9f2a11', name: 'lp.ssh_bruteforce' },
    category: 'bruteforce',
    entity: { type: 'ip', value: ip },
    source: { ip },
    related: { ip: [ip], user: ['root'], hosts: ['web1'] },
    count: 10,
    first_seen: at(0),
    last_seen: at(9),
    risk_score: 60,
    evidence: [entry(0), entry(4), entry(9)],
    log: { source: '/var/log/auth.log', dataset: 'sshd' },
    analyzer: { engine: 'rules' },
    processed_at: at(10),
    ...changes,
  };
}

/** Findings as lines of NDJSON. */
export function ndjsonOf(...findings: readonly object[]): string {
  return findings.map((found) => `${JSON.stringify(found)}\n`).join('');
}
