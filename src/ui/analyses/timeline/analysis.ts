import { counted } from '../../../core/counted.ts';
import { pairCount } from '../../../core/statistics.ts';
import { timelineEvaluations } from '../../../study/analyses/timeline/settings.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const TimelineFigure: ResultContent = lazily(async () => (await import('./TimelineFigure.tsx')).TimelineFigure);

export const TIMELINE = {
  id: 'timeline',
  figures: [
    {
      part: 'along-training',
      Content: TimelineFigure,
      fills: ({ timeline }) => (timeline?.runs.length ?? 0) > 0,
      isAskedFor: ({ analyses }) => analyses.timeline?.enabled ?? false,
      views: [{ id: 'along-training', height: 480 }],
    },
  ],
  cost({ arms, seeds, analyses: { timeline } }) {
    if (!timeline) return '';
    const pairs = arms.length * pairCount(seeds.length);
    const runs = arms.length * seeds.length;
    return counted(timelineEvaluations(timeline, timeline.steps, { runs, pairs }), 'evaluation');
  },
  contents: ({ timeline }) =>
    contentOf(timeline?.runs.length ?? 0, (count) => `the training of ${counted(count, 'run')} step by step`),
} as const satisfies ShownAnalysis;
