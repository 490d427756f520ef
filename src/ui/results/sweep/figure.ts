import { sweepOf } from '../../../study/config/sweep.ts';
import { lazily } from '../../lazily.ts';
import type { Figure, ResultContent } from '../figure.ts';

const SweepFigure: ResultContent = lazily(async () => (await import('./SweepFigure.tsx')).SweepFigure);

export const SWEEP = {
  part: 'sweep',
  Content: SweepFigure,
  fills: ({ config }) => sweepOf(config) !== null,
  isAskedFor: () => false,
  place: 'top',
  ofWholeSweep: true,
  views: [{ id: 'sweep' }],
  absence: 'This study is no sweep: its arms differ in more than one setting, or in none.',
} as const satisfies Figure;
