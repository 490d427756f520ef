/** What a tuning record says, in numbers for the page. */
import type { TuningRecord } from '../../../../engine/kernel-tuning.ts';

/** Standard errors to either side of a 95 % interval. */
const NORMAL_95 = 1.96;

export interface KernelSummary {
  /** Sites that were measured, and those of them with another form. */
  readonly measured: number;
  readonly changed: number;
  /** Milliseconds of a step in the measured sites. */
  readonly usual: number;
  readonly best: number;
  /** 95 % interval of usual − best. */
  readonly gain: readonly [low: number, high: number];
}

/**
 * Sites are of several shapes and perhaps of several studies; where only whole steps are timed, the sites of a family share their times, which count once.
 */
export function summariseKernels({ sites }: Pick<TuningRecord, 'sites'>): KernelSummary {
  const entries = Object.entries(sites);
  const times = new Map<string, { readonly milliseconds: readonly [number, number]; readonly error: number }>();
  for (const [site, { milliseconds, error }] of entries)
    if (milliseconds) times.set(`${site.split(':')[0]} ${milliseconds.join()}`, { milliseconds, error });
  const total = (which: 0 | 1) => [...times.values()].reduce((sum, { milliseconds }) => sum + milliseconds[which], 0);
  const [usual, best] = [total(0), total(1)];
  const reach = NORMAL_95 * Math.hypot(...[...times.values()].map(({ error }) => error));
  return {
    measured: entries.filter(([, { milliseconds }]) => milliseconds !== null).length,
    changed: entries.filter(([, { form }]) => form !== null).length,
    usual,
    best,
    gain: [usual - best - reach, usual - best + reach],
  };
}
