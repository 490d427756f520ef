import { isLowRank } from '../../../copra/adapter-kinds.ts';
import { knownAdapters } from '../../run/training/snapshots.ts';
import type { Analysis } from '../analysis.ts';
import { MAX_POINTS, distancesWork } from './work.ts';
import { knowsDistances } from './part.ts';
import { runGeometry } from './run.ts';

export const GEOMETRY: Analysis = {
  id: 'geometry',
  work(config, { layout, trained }) {
    const points = config.arms.length * config.seeds.length * (trained > 0 ? knownAdapters(config) : 1);
    return distancesWork(layout, Math.min(MAX_POINTS, points));
  },
  async run(context, { runs, tellNotFollowed }) {
    const lowRank = runs.filter(isLowRank);
    if (context.known && knowsDistances(context.known, lowRank)) return;
    tellNotFollowed();
    await runGeometry(context, runs);
  },
};
