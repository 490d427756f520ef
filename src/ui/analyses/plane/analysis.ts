import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

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
    counted(seeds.length > 1 ? arms.length * (plane?.grid ?? 0) ** 2 : 0, 'evaluation'),
  missing: { part: 'planes', words: () => 'planes' },
  contents: ({ planes = [] }) => contentOf(planes.length, (count) => counted(count, 'plane')),
} as const satisfies ShownAnalysis;
