import { hash } from 'node:crypto';
import { at } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';
import { commandLineOf } from '../sigma/audit.ts';
import { timeMsOf } from '../sigma/time-part.ts';
import { clipped } from './clipped.ts';

/** Most of an entry that a finding shows, in bytes: ten of them must fit into what the next stage reads. */
const maxTextBytes = 2 * 1024;

/** Longest name that a finding lists, in bytes: attackers write some of them, and a finding lists many. */
const maxNameBytes = 256;

/** Longest path of a log, in bytes: PATH_MAX of Linux. */
const maxPathBytes = 4 * 1024;

/** About what a sighting takes beside the texts that `weightOf` counts, in bytes: measured with short entries. */
const fixedWeight = 320;

/** What is kept of a record that a rule matched: enough for evidence and for the finding's fields. */
export interface Sighting {
  readonly timeMs: number;
  readonly timestamp: string;
  readonly source: string;
  readonly offset: number;
  /** The raw entry, cut. */
  readonly original: string;
  /** Stands for the whole of the raw entry: itself, or its hash when it was cut. */
  readonly identity: string;
  readonly message: string | undefined;
  readonly dataset: string | undefined;
  readonly ip: string | undefined;
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly service: string | undefined;
  readonly command: string | undefined;
  /** Whether the server let it through: a login that worked, a request answered with 2xx. */
  readonly isSuccess: boolean;
  /** Whether it is of a visitor whom somebody vouches for: such entries alone make nothing above INFO. */
  readonly isGuest: boolean;
}

/** Makes a sighting of a record. All of them have one shape, because many are held at a time. */
export function sightingOf(record: LogRecord, isGuest = false): Sighting {
  const status = record.http?.response?.status_code ?? 0;
  const original = clipped(record.original, maxTextBytes);
  return {
    timeMs: timeMsOf(record),
    timestamp: record.timestamp,
    source: sharedSource(record.log.source),
    offset: record.log.offset,
    original,
    identity: original === record.original ? original : hashOf(record.original),
    message: record.message === record.original ? undefined : sharedEnd(textOf(messageOf(record), maxTextBytes), original),
    dataset: textOf(record.log.dataset),
    ip: textOf(record.source?.ip),
    user: textOf(record.user?.name),
    host: textOf(record.host?.name ?? record.url?.domain),
    path: textOf(record.url?.path ?? record.url?.original),
    service: textOf(at(record, ['service', 'name']) ?? record.process?.name),
    command: textOf(commandLineOf(record)),
    isSuccess: record.event?.outcome === 'success' || (status >= 200 && status < 300),
    isGuest,
  };
}

/** An object, perhaps behind what Kubernetes writes before each line of a container. */
const startsObject = /^(?:[\d:.TZ+-]{20,40} std(?:out|err) [FP] )?\{/;

/** What the entry says; of a request that is logged as an object, what an access log would say of it. */
function messageOf({ message, http, original, source, url, user_agent: agent }: LogRecord): unknown {
  const status = http?.response?.status_code;
  const asked = url?.original ?? url?.path;
  if (message !== undefined || status === undefined || asked === undefined || !startsObject.test(original)) return message;
  const bytes = http?.response?.body?.bytes ?? '-';
  const request = `"${http?.request?.method ?? '-'} ${asked}" ${status} ${bytes} "-" "${agent?.original ?? '-'}"`;
  return source?.ip === undefined ? request : `${source.ip} ${request}`;
}

/** The message, as the end of the entry where it is that: then it takes no memory of its own. */
function sharedEnd(message: string | undefined, original: string): string | undefined {
  return message !== undefined && original.endsWith(message) ? original.slice(original.length - message.length) : message;
}

let lastSource = '';

/** Mostly the source of the entry before, which need not be kept again. */
function sharedSource(source: string): string {
  if (source !== lastSource) lastSource = clipped(source, maxPathBytes);
  return lastSource;
}

/** About how much memory a sighting takes, in bytes. */
export function weightOf({ original, message }: Sighting): number {
  return fixedWeight + original.length + (message?.length ?? 0);
}

/** Only what is a text: the wire promises the fields that stages rely on, and no others. */
function textOf(value: unknown, maxBytes = maxNameBytes): string | undefined {
  return typeof value === 'string' && value !== '' ? clipped(value, maxBytes) : undefined;
}

function hashOf(text: string): string {
  return hash('sha256', text, 'base64url');
}
