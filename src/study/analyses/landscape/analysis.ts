import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { knowsPair } from './part.ts';
import { runLandscape } from './run.ts';
import { landscapeEvaluations } from './settings.ts';

export const LANDSCAPE: Analysis = {
  id: 'landscape',
  work({ analyses: { landscape } }, { pairs, testImages, trainImages }) {
    const images = testImages + Math.min(landscape.trainImages ?? 0, trainImages);
    return passes(landscapeEvaluations(landscape, pairs) * images);
  },
  run(context, { source, runs, frozen }) {
    const { known } = context;
    const unknown = source.pairs(runs).map((pairs) => pairs.filter((pair) => !known || !knowsPair(known, pair)));
    return runLandscape(context, unknown, frozen);
  },
};
