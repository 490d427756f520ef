import { landscapeEvaluations } from '../../../study/analyses/landscape/settings.ts';
import { pairCount } from '../../../core/pairs.ts';
import { lazily } from '../../lazily.tsx';
import { whyAbsent } from '../../charts/why-absent.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
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
      absence: (_, source) => whyAbsent(ANNOUNCED_WORDS.landscape.noPictures, source),
    },
  ],
  cost({ arms, seeds, analyses: { landscape } }) {
    const pairs = pairCount(seeds.length);
    const evaluations = arms.length * landscapeEvaluations(landscape, pairs);
    return ANNOUNCED_WORDS.landscape.cost(evaluations, pairs);
  },
  missing: { part: 'landscape', words: (count) => ANNOUNCED_WORDS.landscape.missing(count) },
  contents: ({ landscape }) => contentOf(landscape.length, (count) => ANNOUNCED_WORDS.landscape.contents(count)),
} as const satisfies ShownAnalysis;
