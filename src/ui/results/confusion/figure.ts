import type { StudyResult } from '../../../study/result/result.ts';
import { lazily } from '../../lazily.ts';
import type { Figure, ResultContent } from '../figure.ts';

const ConfusionFigures: ResultContent = lazily(async () => (await import('./ConfusionFigures.tsx')).ConfusionFigures);

const isCounted = ({ confusions, predictions = [], task }: StudyResult): boolean =>
  confusions ? confusions.length > 0 : task.labels !== undefined && predictions.some(({ of }) => of === 'run');

export const CONFUSION = {
  part: 'confusion',
  Content: ConfusionFigures,
  fills: isCounted,
  isAskedFor: () => false,
  place: 'below',
  views: [{ id: 'confusion', height: 620 }],
  absence:
    'This result does not say which class was taken for which: it is of an earlier version, or the link had no room for it.',
} as const satisfies Figure;
