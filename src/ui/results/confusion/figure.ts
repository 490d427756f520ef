import type { StudyResult } from '../../../study/result/result.ts';
import { whyAbsent } from '../../charts/why-absent.ts';
import { lazily } from '../../lazily.tsx';
import type { Figure, ResultContent } from '../figure.ts';
import { RESULT_WORDS } from '../messages.ts';
import { noAnswers } from '../no-answers.ts';

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
  absence: ({ task }, source) => noAnswers(task, whyAbsent(RESULT_WORDS.absences.confusion, source)),
} as const satisfies Figure;
