import { otherTaskCount, USUAL_MULTITASK } from '../../../study/analyses/multitask/settings.ts';
import { integer } from '../../format.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const MultitaskFigure: ResultContent = lazily(async () => (await import('./MultitaskFigure.tsx')).MultitaskFigure);

export const MULTITASK = {
  id: 'multitask',
  figures: [
    {
      part: 'many-tasks',
      Content: MultitaskFigure,
      fills: ({ multitask }) => multitask !== undefined,
      isAskedFor: ({ analyses }) => analyses.multitask?.enabled ?? false,
      views: [{ id: 'many-tasks' }],
    },
  ],
  cost: ({ task, arms, seeds, training, analyses: { multitask = USUAL_MULTITASK } }) =>
    `${integer(arms.length * seeds.length * training.steps * otherTaskCount(multitask, task))} further training steps`,
  contents: ({ multitask }) => contentOf(multitask?.runs.length ?? 0, () => 'merges across tasks'),
} as const satisfies ShownAnalysis;
