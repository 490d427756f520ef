import { comingCode } from '../../../platform/coming-code.ts';
import { timelineSteps } from '../../run/training/snapshots.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { timelineEvaluations } from './settings.ts';

export const TIMELINE: Analysis = {
  id: 'timeline',
  work(config, { trained, runs, pairs, testImages }) {
    const { timeline } = config.analyses;
    if (!timeline || trained === 0) return passes(0);
    const steps = timelineSteps(config, timeline.steps).length + 1;
    return passes(testImages * timelineEvaluations(timeline, steps, { runs, pairs }));
  },
  run: async (context, scene) => (await comingCode(import('./run.ts'))).runTimeline(context, scene),
};
