import { counted } from '../../../core/counted.ts';
import { REPEATS } from '../../../study/analyses/timing/settings.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const TimingFigure: ResultContent = lazily(async () => (await import('./TimingFigure.tsx')).TimingFigure);

export const TIMING = {
  id: 'timing',
  figures: [
    {
      part: 'timing',
      Content: TimingFigure,
      fills: ({ timing = [] }) => timing.length > 0,
      isAskedFor: ({ analyses }) => analyses.timing?.enabled ?? false,
      views: [{ id: 'timing', height: 420 }],
    },
  ],
  cost({ arms, seeds, analyses: { timing } }) {
    if (!timing) return '';
    return counted(arms.length * seeds.length * timing.steps * REPEATS, 'step');
  },
  contents: ({ timing = [] }) => contentOf(timing.length, (count) => `times of steps of ${counted(count, 'run')}`),
} as const satisfies ShownAnalysis;
