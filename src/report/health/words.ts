import { counted, numeral } from '../words.ts';

const secondMs = 1_000;
const units = [
  { ms: 86_400_000, one: 'day', many: 'days' },
  { ms: 3_600_000, one: 'hour', many: 'hours' },
  { ms: 60_000, one: 'minute', many: 'minutes' },
] as const;

/** A length of time in the largest unit of which there are two: `3 hours`. */
export function lengthOf(ms: number): string {
  const unit = units.find((each) => ms >= 2 * each.ms) ?? { ms: secondMs, one: 'second', many: 'seconds' };
  return counted(Math.max(0, Math.round(ms / unit.ms)), unit.one, unit.many);
}

const steps = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size in powers of 1024: `512 bytes`, `1.5 MiB`. */
export function sizeIn(bytes: number): string {
  let [step, size] = [0, bytes];
  while (size >= 1024 && step < steps.length - 1) {
    size /= 1024;
    step++;
  }
  return `${numeral(size)} ${steps[step]}`;
}
