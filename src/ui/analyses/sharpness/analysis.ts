import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';

const SharpnessFigure: ResultContent = lazily(async () => (await import('./SharpnessFigure.tsx')).SharpnessFigure);

export const SHARPNESS = {
  id: 'sharpness',
  figures: [
    {
      part: 'sharpness',
      Content: SharpnessFigure,
      fills: ({ sharpness = [] }) => sharpness.length > 0,
      isAskedFor: ({ analyses }) => analyses.sharpness?.enabled ?? false,
      views: [{ id: 'sharpness', height: 420 }],
    },
  ],
  contents: ({ sharpness = [] }) => contentOf(sharpness.length, ANNOUNCED_WORDS.sharpnessOfRuns),
} as const satisfies ShownAnalysis;
