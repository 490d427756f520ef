import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { runSharpness } from './run.ts';

export const SHARPNESS: Analysis = {
  id: 'sharpness',
  work({ analyses: { sharpness } }, { runs, testImages, trainImages }) {
    if (!sharpness) return passes(0);
    const images = testImages + Math.min(sharpness.trainImages, trainImages);
    return passes(runs * (1 + new Set(sharpness.radii).size * sharpness.directions) * images);
  },
  run: (context, { runs }) => runSharpness(context, runs),
};
