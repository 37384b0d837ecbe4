import type { Finding } from '../../model/envelope.ts';

/** What all findings about sources say of their rule. */
export interface SourceRule {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly action: string;
  readonly category: Finding['category'];
}

/** A log that grows and is not understood: what is in it can be found by nobody. */
export const notUnderstood: SourceRule = {
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7b01',
  name: 'lp.source_not_understood',
  title: 'Log is not understood',
  action:
    'See what lp-parse makes of it (lp-rules explain LINE); give its format with --format, or leave the log out if nobody needs it.',
  category: 'config',
};

/** A log that was written to all the time and is no more. */
export const fallenSilent: SourceRule = {
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7b02',
  name: 'lp.source_silent',
  title: 'Log has fallen silent',
  action:
    'Check whether the service runs, and whether something has switched its log off, moved it or taken the right to read it.',
  category: 'availability',
};

/** A log that grows faster than it is read. */
export const lagging: SourceRule = {
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7b03',
  name: 'lp.source_lags',
  title: 'Log is read too slowly',
  action: 'See which stage is busy (top); give it a processor, leave out logs that nobody needs, or keep less with lp-filter.',
  category: 'availability',
};
