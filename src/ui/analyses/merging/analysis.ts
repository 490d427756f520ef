import { USUAL_MERGING } from '../../../study/analyses/merging/settings.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import { lazily } from '../../lazily.tsx';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const MergingFigure: ResultContent = lazily(async () => (await import('./MergingFigure.tsx')).MergingFigure);

export const MERGING = {
  id: 'merging',
  figures: [
    {
      part: 'merging',
      Content: MergingFigure,
      fills: ({ merging = [] }) => merging.length > 0,
      isAskedFor: ({ analyses }) => analyses.merging?.enabled ?? false,
      views: [{ id: 'merging', height: 940 }],
    },
  ],
  cost: ({ arms, seeds, analyses: { merging = USUAL_MERGING } }) =>
    ANNOUNCED_WORDS.merging.cost(seeds.length > 1 ? arms.length * MERGES.length : 0, merging.scales.length),
  missing: { part: 'merging', words: () => ANNOUNCED_WORDS.merging.missing },
  contents: ({ merging = [] }) => contentOf(merging.length, () => ANNOUNCED_WORDS.merging.contents),
} as const satisfies ShownAnalysis;
