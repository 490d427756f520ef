import { comingCode } from '../../../platform/coming-code.ts';
import { passes, trainingWork } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { REPEATS, WARM_STEPS } from './settings.ts';

export const TIMING: Analysis = {
  id: 'timing',
  work(config, { runs }) {
    const { timing } = config.analyses;
    if (!timing) return passes(0);
    const steps = WARM_STEPS + REPEATS * timing.steps;
    return trainingWork({ ...config, training: { ...config.training, steps } }, runs);
  },
  run: async (context) => (await comingCode(import('./run.ts'))).runTiming(context),
};
