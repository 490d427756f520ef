import { lazily } from '../../lazily.tsx';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
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
  missing: { part: 'geometry', words: () => ANNOUNCED_WORDS.geometry.missing },
  contents: ({ geometry }) =>
    contentOf(geometry?.points.length ?? 0, (count) => ANNOUNCED_WORDS.geometry.contents(count)),
} as const satisfies ShownAnalysis;
