import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { Work } from '../../run/work.ts';

/** Products of the vectors of all pairs of `points` adapters. */
export function distancesWork({ rank, pairs }: AdapterLayout, points: number): Work {
  const perPair = pairs.reduce((total, { inFeatures, outFeatures }) => total + inFeatures + outFeatures, 0);
  return { passes: 0, algebra: 2e-9 * rank * rank * perPair * ((points * (points + 1)) / 2) };
}

/** Most adapters compared. With more, the snapshots between the first and last step are dropped, then those of the first step. */
export const MAX_POINTS = 256;
