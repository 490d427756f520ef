import { isLowRank } from '../without-dora.ts';
import { DEFAULT_SNAPSHOTS } from '../../run/snapshots.ts';
import type { Analysis } from '../analysis.ts';
import { MAX_POINTS } from './most-points.ts';
import { knowsDistances } from './known.ts';
import { runGeometry } from './run.ts';
import { distancesWork } from './work.ts';

export const GEOMETRY: Analysis = {
  id: 'geometry',
  work({ arms, seeds, analyses: { snapshots = DEFAULT_SNAPSHOTS } }, { layout, trained }) {
    const points = arms.length * seeds.length * (trained > 0 ? snapshots : 1);
    return distancesWork(layout, Math.min(MAX_POINTS, points));
  },
  async run(context, { runs, tellNotFollowed }) {
    if (context.known && knowsDistances(context.known, runs.filter(isLowRank))) return;
    tellNotFollowed();
    await runGeometry(context, runs);
  },
};
