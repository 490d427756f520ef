import { sweepOf } from '../../../study/config/sweep.ts';
import { lazily } from '../../lazily.tsx';
import type { Figure, ResultContent } from '../figure.ts';
import { RESULT_WORDS } from '../messages.ts';

const SweepFigure: ResultContent = lazily(async () => (await import('./SweepFigure.tsx')).SweepFigure);

export const SWEEP = {
  part: 'sweep',
  Content: SweepFigure,
  fills: ({ config }) => sweepOf(config) !== null,
  isAskedFor: () => false,
  place: 'top',
  ofWholeSweep: true,
  views: [{ id: 'sweep' }],
  absence: () => RESULT_WORDS.absences.sweep,
} as const satisfies Figure;
