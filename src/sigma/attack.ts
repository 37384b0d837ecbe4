import type { AttackReference, Finding } from '../model/envelope.ts';

/** The tactics by the names that tags use. Source: MITRE ATT&CK for Enterprise. */
const tactics: Readonly<Record<string, AttackReference>> = {
  reconnaissance: { id: 'TA0043', name: 'Reconnaissance' },
  'resource-development': { id: 'TA0042', name: 'Resource Development' },
  'initial-access': { id: 'TA0001', name: 'Initial Access' },
  execution: { id: 'TA0002', name: 'Execution' },
  persistence: { id: 'TA0003', name: 'Persistence' },
  'privilege-escalation': { id: 'TA0004', name: 'Privilege Escalation' },
  'defense-evasion': { id: 'TA0005', name: 'Defense Evasion' },
  'credential-access': { id: 'TA0006', name: 'Credential Access' },
  discovery: { id: 'TA0007', name: 'Discovery' },
  'lateral-movement': { id: 'TA0008', name: 'Lateral Movement' },
  collection: { id: 'TA0009', name: 'Collection' },
  'command-and-control': { id: 'TA0011', name: 'Command and Control' },
  exfiltration: { id: 'TA0010', name: 'Exfiltration' },
  impact: { id: 'TA0040', name: 'Impact' },
};

/** The names of the techniques that rules for servers use; a technique that is not here is called by its id. */
const techniques: Readonly<Record<string, string>> = {
  T1003: 'OS Credential Dumping',
  T1021: 'Remote Services',
  'T1021.004': 'SSH',
  T1046: 'Network Service Discovery',
  'T1053.003': 'Cron',
  T1059: 'Command and Scripting Interpreter',
  'T1059.004': 'Unix Shell',
  T1068: 'Exploitation for Privilege Escalation',
  T1078: 'Valid Accounts',
  T1083: 'File and Directory Discovery',
  T1098: 'Account Manipulation',
  T1105: 'Ingress Tool Transfer',
  T1110: 'Brute Force',
  'T1110.001': 'Password Guessing',
  'T1110.003': 'Password Spraying',
  'T1110.004': 'Credential Stuffing',
  T1136: 'Create Account',
  'T1136.001': 'Local Account',
  T1190: 'Exploit Public-Facing Application',
  T1210: 'Exploitation of Remote Services',
  T1499: 'Endpoint Denial of Service',
  'T1499.004': 'Application or System Exploitation',
  'T1505.003': 'Web Shell',
  T1548: 'Abuse Elevation Control Mechanism',
  'T1548.003': 'Sudo and Sudo Caching',
  T1552: 'Unsecured Credentials',
  'T1552.001': 'Credentials In Files',
  T1589: 'Gather Victim Identity Information',
  T1592: 'Gather Victim Host Information',
  T1594: 'Search Victim-Owned Websites',
  T1595: 'Active Scanning',
  'T1595.002': 'Vulnerability Scanning',
  'T1595.003': 'Wordlist Scanning',
};

/** What the tags of a rule (`attack.credential-access`, `attack.t1110.001`) say of ATT&CK; undefined when nothing. */
export function threatOf(tags: readonly string[]): Finding['threat'] | undefined {
  const words = tags.filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice('attack.'.length));
  const tactic = words.flatMap((word) => tactics[word.replaceAll('_', '-')] ?? []);
  const technique = words
    .filter((word) => /^t\d{4}(\.\d{3})?$/.test(word))
    .map((word) => word.toUpperCase())
    .map((id) => ({ id, name: techniques[id] ?? id }));
  if (tactic.length === 0 && technique.length === 0) return undefined;
  return { ...(tactic.length > 0 && { tactic }), ...(technique.length > 0 && { technique }) };
}
