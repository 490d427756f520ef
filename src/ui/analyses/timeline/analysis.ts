import { pairCount } from '../../../core/pairs.ts';
import { timelineEvaluations } from '../../../study/analyses/timeline/settings.ts';
import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';

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
    return ANNOUNCED_WORDS.evaluations(timelineEvaluations(timeline, timeline.steps, { runs, pairs }));
  },
  contents: ({ timeline }) => contentOf(timeline?.runs.length ?? 0, ANNOUNCED_WORDS.training),
} as const satisfies ShownAnalysis;
