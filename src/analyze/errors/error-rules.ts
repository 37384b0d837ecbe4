import type { Told } from '../burst.ts';

const minuteMs = 60_000;

/** What all findings about unknown errors have in common. */
const common = {
  author: 'lp',
  license: 'MIT',
  references: [],
  category: 'availability',
} as const;

/** What no rule knows, of one service: quiet, because most of it is harmless. */
export const unknownErrors: Told = {
  ...common,
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7a01',
  name: 'lp.unknown_errors',
  title: 'Errors that no rule knows',
  severity: 'INFO',
  summary: '{entity} wrote {count} error-like {entries}, {span}:',
  action: 'Look through them once; what is harmless can be left out with lp-filter --exclude.',
  timespanMs: 24 * 60 * minuteMs,
};

/** An error of a kind that a service has not logged since it is known. */
export const newError: Told = {
  ...common,
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7a02',
  name: 'lp.new_error',
  title: 'New kind of error',
  severity: 'WARNING',
  summary: '{entity} wrote an error of a kind that it had not written before, {times} {span}:',
  action: 'See what has changed on the server since it was first seen: an update, a setting, a disk that fills.',
  timespanMs: 24 * 60 * minuteMs,
};

/** One kind of error, many times more often than before. */
export const errorBurst: Told = {
  ...common,
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7a03',
  name: 'lp.error_burst',
  title: 'Burst of errors',
  severity: 'WARNING',
  summary: '{entity} wrote the same error {times} {span}, far more often than before:',
  action: 'Look at the service, and at what it needs (database, disk, network), at the time of the first of them.',
  timespanMs: 5 * minuteMs,
};

/** A service that wrote all the time and then no more. */
export const silentService: Told = {
  ...common,
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7a04',
  name: 'lp.service_silent',
  title: 'Service stopped logging',
  severity: 'WARNING',
  action: 'Check whether the service runs, and whether something has switched its log off or moved it.',
  timespanMs: 24 * 60 * minuteMs,
};
