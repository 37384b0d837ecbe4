import type { Level } from './level.ts';
import type { Severity } from './severity.ts';

/** The version of the wire format; the first field of every object. */
export const schema = 'lp/1';

/** One raw line of a log, before it is parsed. */
export interface Line {
  readonly schema: typeof schema;
  readonly type: 'line';
  readonly log: {
    readonly source: string;
    readonly offset: number;
    readonly dev?: number;
    readonly inode?: number;
    /** `lossy` when bytes that are not UTF-8 were replaced. */
    readonly encoding?: 'lossy';
  };
  /** True for a line of before the place where reading goes on: it is read for what it tells of later ones, and not again. */
  readonly context?: boolean;
  readonly original: string;
}

/** Where an entry came from and how it was read. */
export interface LogFields {
  /** Path, unit, or `-` for standard input. */
  readonly source: string;
  /** Byte offset of the entry in the uncompressed stream. */
  readonly offset: number;
  /** The reader that took it. */
  readonly format: string;
  /** What it is about: `nginx.access`, `sshd`, … */
  readonly dataset?: string;
  readonly level?: Level;
  /** How many lines were joined, when more than one. */
  readonly lines?: number;
  /** True when the entry was longer than the reader's limit and was cut. */
  readonly truncated?: boolean;
  /** `lossy` when bytes that are not UTF-8 were replaced. */
  readonly encoding?: 'lossy';
  readonly syslog?: { readonly priority: number };
}

/** One end of a connection. */
export interface Endpoint {
  readonly ip?: string;
  readonly port?: number;
  readonly domain?: string;
}

/** One parsed entry. Names are those of the Elastic Common Schema; absent means unknown. */
export interface LogRecord {
  readonly schema: typeof schema;
  readonly type: 'record';
  /** RFC 3339, UTC, milliseconds. */
  readonly timestamp: string;
  /** Absent means exact. */
  readonly timestamp_quality?: 'assumed_year' | 'assumed_zone' | 'observed';
  readonly log: LogFields;
  readonly host?: { readonly name?: string };
  readonly process?: { readonly name?: string; readonly pid?: number; readonly [field: string]: unknown };
  readonly event?: {
    readonly category?: readonly string[];
    readonly action?: string;
    readonly outcome?: 'success' | 'failure' | 'unknown';
    readonly [field: string]: unknown;
  };
  readonly user?: { readonly name?: string; readonly [field: string]: unknown };
  readonly source?: Endpoint;
  readonly destination?: Endpoint;
  readonly url?: { readonly original?: string; readonly path?: string; readonly query?: string; readonly domain?: string };
  readonly http?: {
    readonly version?: string;
    readonly request?: { readonly method?: string; readonly referrer?: string };
    readonly response?: { readonly status_code?: number; readonly body?: { readonly bytes?: number } };
  };
  readonly user_agent?: { readonly original?: string };
  readonly message?: string;
  readonly original: string;
  readonly [field: string]: unknown;
}

/** One entry that shows what a finding says. */
export interface Evidence {
  readonly timestamp: string;
  readonly log: { readonly source: string; readonly offset: number };
  /** `success` when the server let it through: a login that worked, a request answered with 2xx. */
  readonly event?: { readonly outcome?: 'success' };
  /** What was asked for, where the message does not tell it. */
  readonly url?: { readonly path: string };
  /** The record's text without its header; absent when there is none. */
  readonly message?: string;
  readonly original: string;
}

/** A tactic or technique of MITRE ATT&CK. */
export interface AttackReference {
  readonly id: string;
  readonly name: string;
}

/** What kind of trouble a finding is. */
export const categories = [
  'benign',
  'bruteforce',
  'credential',
  'privilege',
  'recon',
  'exploit',
  'malware',
  'exfiltration',
  'dos',
  'config',
  'availability',
  'integrity',
  'injection',
  'other',
] as const;

/** One of `categories`. */
export type Category = (typeof categories)[number];

/** One thing a person should know, however many entries it took. */
export interface Finding {
  readonly schema: typeof schema;
  readonly type: 'finding';
  /** 22 characters: the hash of rule, entity and first evidence. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string;
  readonly action?: string;
  readonly rule: {
    readonly id: string;
    readonly name: string;
    readonly author?: string;
    readonly license?: string;
    readonly reference?: readonly string[];
  };
  readonly threat?: { readonly tactic?: readonly AttackReference[]; readonly technique?: readonly AttackReference[] };
  readonly category: Category;
  /** Whom or what the finding is about: an `ip`, a `user`, a `host`, a `process` or a `source` (log). */
  readonly entity: { readonly type: string; readonly value: string };
  readonly source?: Endpoint;
  readonly related?: { readonly ip?: readonly string[]; readonly user?: readonly string[]; readonly hosts?: readonly string[] };
  /** How many entries the burst holds. */
  readonly count: number;
  readonly first_seen: string;
  readonly last_seen: string;
  /** 0 to 100. */
  readonly risk_score: number;
  /** At most ten: first, last and the most different. */
  readonly evidence: readonly Evidence[];
  readonly log: { readonly source: string; readonly dataset?: string };
  readonly analyzer: {
    readonly engine: 'rules' | 'llm' | 'cache';
    readonly rule_severity?: Severity;
    readonly [field: string]: unknown;
  };
  readonly processed_at: string;
  readonly [field: string]: unknown;
}

/** How far one file was read. A source has several while files of before its rotation are read on. */
export interface Position {
  readonly source: string;
  readonly dev?: number;
  readonly inode?: number;
  /** What the file starts with: how many bytes (at most 1,024), and their hash. */
  readonly fingerprint?: string;
  /** Of the first byte that was not read, in the uncompressed file. */
  readonly offset: number;
  /** How many bytes behind it were still to be read, when these were more than a reader takes at a time. */
  readonly behind?: number;
  /** When the file was last changed. RFC 3339. */
  readonly modified?: string;
  /** Where a journal goes on. */
  readonly cursor?: string;
}

/** How far a reader had come; a stage passes it on when all that came before it is out. */
export interface Mark {
  readonly schema: typeof schema;
  readonly type: 'mark';
  readonly mark: {
    /** Counts the marks of a stream from 1 on. */
    readonly seq: number;
    /** Tells streams apart; goes on with the next run of the same reader. */
    readonly stream?: string;
    /** True when there is nothing to come: what waits for more need wait no longer. */
    readonly final?: boolean;
    /** What has changed since the mark before; other files stay where they were. */
    readonly positions: readonly Position[];
  };
}

/** Counts of one source over a stretch of time; later stages pass it on, lp-store adds it up. */
export interface Summary {
  readonly schema: typeof schema;
  readonly type: 'summary';
  readonly stage: string;
  readonly log: { readonly source: string; readonly dataset?: string };
  readonly url?: { readonly domain?: string };
  readonly start: string;
  readonly end: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** A dead letter: input that could not be used, and why. Goes to `--dead-letter`, never to standard output. */
export interface ErrorEnvelope {
  readonly schema: typeof schema;
  readonly type: 'error';
  readonly stage: string;
  /** `E_…`, stable. */
  readonly code: string;
  readonly message: string;
  readonly original: string;
  readonly log?: { readonly source: string; readonly offset?: number; readonly line?: number };
}

/** An object of a type that this version does not know; it passes through unchanged. */
export interface UnknownEnvelope {
  readonly schema: typeof schema;
  readonly type: 'unknown';
  readonly value: Readonly<Record<string, unknown>>;
}

/** Any one object on the wire that this version knows. */
export type Envelope = Line | LogRecord | Finding | Mark | Summary | ErrorEnvelope;
