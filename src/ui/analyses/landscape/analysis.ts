import { landscapeEvaluations } from '../../../study/analyses/landscape/settings.ts';
import { pairCount } from '../../../core/statistics.ts';
import { counted } from '../../../core/counted.ts';
import { contentOf, type ShownAnalysis } from '../../results/figure.ts';
import { LandscapeFigure } from './LandscapeFigure.tsx';

export const LANDSCAPE = {
  id: 'landscape',
  figures: [
    {
      part: 'landscape',
      Content: LandscapeFigure,
      fills: ({ landscape }) => landscape.length > 0,
      isAskedFor: ({ analyses }) => analyses.landscape.enabled,
      views: [{ id: 'landscape' }],
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
