import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const PointsFigure: ResultContent = lazily(async () => (await import('./PointsFigure.tsx')).PointsFigure);

export const GEOMETRY = {
  id: 'geometry',
  figures: [
    {
      part: 'points',
      Content: PointsFigure,
      fills: ({ geometry }) => geometry !== undefined,
      isAskedFor: ({ analyses }) => analyses.geometry?.enabled ?? false,
      views: [{ id: 'points', height: 520 }],
    },
  ],
  missing: { part: 'geometry', words: () => 'distances' },
  contents: ({ geometry }) =>
    contentOf(geometry?.points.length ?? 0, (count) => `distances between ${counted(count, 'adapter')}`),
} as const satisfies ShownAnalysis;
