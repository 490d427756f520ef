import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { knowsPair } from './part.ts';
import { runLandscape } from './run.ts';
import { landscapeEvaluations } from './settings.ts';

export const LANDSCAPE: Analysis = {
  id: 'landscape',
  work({ analyses: { landscape } }, { pairs, testImages, trainImages }) {
    const images = testImages + Math.min(landscape.trainImages ?? 0, trainImages);
    // The ends of a path between the factors are the runs, whose answers to the test images are known.
    const known = landscape.paths.includes('factor') ? 2 * pairs * testImages : 0;
    return passes(landscapeEvaluations(landscape, pairs) * images - known);
  },
  run(context, { source, runs, frozen }) {
    const { known } = context;
    const unknown = source.pairs(runs).map((pairs) => pairs.filter((pair) => !known || !knowsPair(known, pair)));
    return runLandscape(context, unknown, frozen);
  },
};
