import { lazily } from '../../lazily.ts';
import { ANALYSES_WORDS } from '../messages.ts';
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
  missing: { part: 'geometry', words: () => ANALYSES_WORDS.geometry.missing },
  contents: ({ geometry }) =>
    contentOf(geometry?.points.length ?? 0, (count) => ANALYSES_WORDS.geometry.contents(count)),
} as const satisfies ShownAnalysis;
