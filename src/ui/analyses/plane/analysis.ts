import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';

const PlaneFigure: ResultContent = lazily(async () => (await import('./PlaneFigure.tsx')).PlaneFigure);

export const PLANE = {
  id: 'plane',
  figures: [
    {
      part: 'plane',
      Content: PlaneFigure,
      fills: ({ planes = [] }) => planes.length > 0,
      isAskedFor: ({ analyses }) => analyses.plane?.enabled ?? false,
      views: [{ id: 'plane' }],
    },
  ],
  cost: ({ arms, seeds, analyses: { plane } }) =>
    ANNOUNCED_WORDS.evaluations(seeds.length > 1 ? arms.length * (plane?.grid ?? 0) ** 2 : 0),
  missing: { part: 'planes', words: () => ANNOUNCED_WORDS.missingPlanes },
  contents: ({ planes = [] }) => contentOf(planes.length, ANNOUNCED_WORDS.planes),
} as const satisfies ShownAnalysis;
