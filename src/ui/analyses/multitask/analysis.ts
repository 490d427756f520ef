import { otherTaskCount, USUAL_MULTITASK } from '../../../study/analyses/multitask/settings.ts';
import { lazily } from '../../lazily.tsx';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
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
    ANNOUNCED_WORDS.multitask.cost(arms.length * seeds.length * training.steps * otherTaskCount(multitask, task)),
  contents: ({ multitask }) => contentOf(multitask?.runs.length ?? 0, () => ANNOUNCED_WORDS.multitask.contents),
} as const satisfies ShownAnalysis;
