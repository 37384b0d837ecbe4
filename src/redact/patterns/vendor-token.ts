import type { RedactPattern } from '../pattern.ts';

/** Source: the documentation of each vendor, as secret scanners collect it (gitleaks, secretlint). */
const shapes = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'gh[pousr]_[A-Za-z0-9]{16,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[\\w-]{16,}',
  'npm_[A-Za-z0-9]{20,}',
  'xox[abeoprs]-[\\w-]{10,}',
  'xapp-[\\w-]{10,}',
  'sk-[\\w-]{16,}',
  '(?:sk|rk|pk)_(?:live|test)_\\w{10,}',
  'whsec_\\w{16,}',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w-]{20,}',
  'hf_[A-Za-z0-9]{20,}',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,}',
  'dop_v1_[a-f0-9]{32,}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{16,}',
  'pypi-[\\w-]{16,}',
  'key-[a-f0-9]{32}',
  '\\d{8,10}:AA[\\w-]{30,}',
  'T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/[A-Za-z0-9]{16,}',
];

const pattern: RedactPattern = {
  title: 'Tokens of known vendors',
  rank: 2,
  kind: 'secret',
  find: new RegExp(`(?<![A-Za-z0-9_-])(?:${shapes.join('|')})`, 'g'),
  masks: [
    `using ‹AKIA${'IOSFODNN7EXAMPLE'}› for upload`,
    `remote: ‹ghp_${'a1B2c3D4e5F6g7H8i9J0'}›`,
    `key=‹sk-or-v1-${'0123456789abcdef0123'}›`,
    `hook ‹xoxb-${'123456789012-abcdefghij'}› failed`,
    `POST /services/‹T0123ABCD/B0123ABCD/${'abcdefghijklmnopqrst'}›`,
    `charge with ‹sk_live_${'51HabcdefghijKLMN'}›`,
  ],
  keeps: ['sk-learn is not installed', 'AKIA is a prefix', 'task-runner-with-a-long-name failed'],
};

export default pattern;
