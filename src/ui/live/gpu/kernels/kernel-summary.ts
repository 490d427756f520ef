/** What a tuning record says, in numbers for the page. */
import type { TuningRecord } from '../../../../engine/kernel-tuning.ts';

export interface KernelSummary {
  /** Sites that were measured, and those of them with another form. */
  readonly measured: number;
  readonly changed: number;
  /** Milliseconds of a step in the measured sites. */
  readonly usual: number;
  readonly best: number;
}

/**
 * Sites are of several shapes and perhaps of several studies; where only whole steps are timed, the sites of a family share their times, which count once.
 */
export function summariseKernels({ sites }: Pick<TuningRecord, 'sites'>): KernelSummary {
  const entries = Object.entries(sites);
  const times = new Map<string, readonly [number, number]>();
  for (const [site, { milliseconds }] of entries)
    if (milliseconds) times.set(`${site.split(':')[0]} ${milliseconds.join()}`, milliseconds);
  const total = (which: 0 | 1) => [...times.values()].reduce((sum, pair) => sum + pair[which], 0);
  return {
    measured: entries.filter(([, { milliseconds }]) => milliseconds !== null).length,
    changed: entries.filter(([, { form }]) => form !== null).length,
    usual: total(0),
    best: total(1),
  };
}
