import { landscapeEvaluations } from '../../../study/analyses/landscape/settings.ts';
import { pairCount } from '../../../core/statistics.ts';
import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { LandscapeFigure } from './LandscapeFigure.tsx';

const PathPicturesFigure: ResultContent = lazily(
  async () => (await import('./pictures/PathPicturesFigure.tsx')).PathPicturesFigure,
);

export const LANDSCAPE = {
  id: 'landscape',
  figures: [
    {
      part: 'landscape',
      Content: LandscapeFigure,
      fills: ({ landscape }) => landscape.length > 0,
      showsGlimpse: ({ paths }) => paths.length > 0,
      isAskedFor: ({ analyses }) => analyses.landscape.enabled,
      views: [{ id: 'landscape' }],
    },
    {
      part: 'path-pictures',
      Content: PathPicturesFigure,
      fills: ({ landscape }) => landscape.some(({ correct, keptCorrect }) => correct ?? keptCorrect),
      isAskedFor: () => false,
      place: 'below',
      views: [{ id: 'path-pictures', height: 900 }],
      absence: 'This result does not say which pictures are right between two seeds: links have no room for it.',
    },
  ],
  cost({ arms, seeds, analyses: { landscape } }) {
    const pairs = pairCount(seeds.length);
    const evaluations = arms.length * landscapeEvaluations(landscape, pairs);
    return `${counted(evaluations, 'evaluation')}, ${counted(pairs, 'pair of seeds', 'pairs of seeds')}`;
  },
  missing: { part: 'landscape', words: (count) => `the landscape between ${counted(count, 'pair')} of seeds` },
  contents: ({ landscape }) =>
    contentOf(landscape.length, (count) => counted(count, 'path between adapters', 'paths between adapters')),
} as const satisfies ShownAnalysis;
