import { USUAL_MERGING } from '../../../study/analyses/merging/settings.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
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
      views: [{ id: 'merging', height: 680 }],
    },
  ],
  cost: ({ arms, seeds, analyses: { merging = USUAL_MERGING } }) =>
    `${counted(seeds.length > 1 ? arms.length * MERGES.length : 0, 'merge')}, those with a factor at ${counted(merging.scales.length, 'value')} of it`,
  missing: { part: 'merging', words: () => 'merges of all seeds' },
  contents: ({ merging = [] }) => contentOf(merging.length, () => 'merges of all seeds'),
} as const satisfies ShownAnalysis;
