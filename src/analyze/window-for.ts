import type { CorrelationRule } from '../sigma/rule.ts';
import { CountWindow } from './count-window.ts';
import { ClosingWindow, MeasureWindow } from './measure-window.ts';
import { SequenceWindow } from './sequence-window.ts';
import type { Window } from './window.ts';

/** The window that a correlation needs. */
export function windowFor(rule: CorrelationRule): Window {
  const { type, condition } = rule;
  if (type === 'temporal' || type === 'temporal_ordered') return new SequenceWindow(rule);
  if (!condition.isLowerBound) return new ClosingWindow(rule);
  if (type === 'event_count' || type === 'value_count') return new CountWindow(rule);
  return new MeasureWindow(rule);
}

/** Tells whether the first match of a group comes to nothing with a correlation, whatever it is. */
export function needsMore({ type, condition }: CorrelationRule): boolean {
  return (type === 'event_count' || type === 'value_count') && condition.isLowerBound && condition.threshold > 1;
}
