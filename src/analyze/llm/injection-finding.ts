import type { Finding } from '../../model/envelope.ts';
import { Burst, type Told } from '../burst.ts';
import type { Case } from '../case/case.ts';
import { findingOf } from '../finding.ts';
import { sightingOf } from '../sighting.ts';

const rule: Told = {
  id: '5f0f3a54-6a0a-4c1e-9d6c-0c8f3f0d7a05',
  name: 'lp.llm_injection_attempt',
  title: 'Log text that speaks to a language model',
  author: 'lp',
  license: 'MIT',
  references: ['https://genai.owasp.org/llmrisk/llm01-prompt-injection/'],
  severity: 'WARNING',
  category: 'injection',
  action: 'Somebody tries to talk a model out of seeing an attack: look at what else came from there.',
  timespanMs: 3_600_000,
};

/** The finding that texts of a case speak to the model, which therefore did not see them. */
export function injectionFinding(given: Case, texts: number, now: Date): Finding {
  const [known] = [...given.findings.values()];
  const entry = known?.evidence[0];
  const at = new Date(Number.isFinite(given.firstMs) ? given.firstMs : now.getTime()).toISOString();
  const sighting = sightingOf({
    schema: 'lp/1',
    type: 'record',
    timestamp: entry?.timestamp ?? at,
    log: { source: entry?.log.source ?? '-', offset: entry?.log.offset ?? 0, format: 'text' },
    original: entry?.original ?? given.samples[0]?.text ?? '',
  });
  const burst = new Burst(rule, given.entity, { fired: { sightings: [sighting], count: 1 }, sighting });
  const what = texts === 1 ? 'One kind of entry' : `${texts} kinds of entry`;
  const summary = `${what} of ${given.entity.value.slice(0, 60)} reads as orders to a language model; the model was not shown it.`;
  return { ...findingOf(burst, now), summary };
}
