import { REPEATS } from '../../../study/analyses/timing/settings.ts';
import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';

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
    return ANNOUNCED_WORDS.steps(arms.length * seeds.length * timing.steps * REPEATS);
  },
  contents: ({ timing = [] }) => contentOf(timing.length, ANNOUNCED_WORDS.timesOfSteps),
} as const satisfies ShownAnalysis;
