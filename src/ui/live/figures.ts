/** Figures of the training, which the page draws at once. */
import type { Figure } from '../results/figure.ts';
import { CurvesFigure } from './CurvesFigure.tsx';
import { StrategyCard } from './strategy/StrategyCard.tsx';
import { TapeFigure } from './TapeFigure.tsx';

const always = { fills: () => true, isAskedFor: () => true } as const;

export const TAPE = {
  ...always,
  part: 'tape',
  Content: TapeFigure,
  views: [{ id: 'tape', name: 'Activation tape', Content: TapeFigure }],
} as const satisfies Figure;

export const CURVES = {
  ...always,
  part: 'curves',
  Content: CurvesFigure,
  views: [{ id: 'training', name: 'Training curves', Content: CurvesFigure }],
} as const satisfies Figure;

const STRATEGY = { ...always, part: 'strategy', Content: StrategyCard, views: [] } as const satisfies Figure;

/** In the order of the page. */
export const LIVE_FIGURES: readonly Figure[] = [TAPE, STRATEGY, CURVES];
