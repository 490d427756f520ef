/** Training figures, which the page draws immediately. */
import { ALWAYS, type Figure } from '../results/figure.ts';
import { CurvesFigure } from './CurvesFigure.tsx';
import { StrategyCard } from './strategy/StrategyCard.tsx';
import { TapeFigure } from './TapeFigure.tsx';

export const TAPE = {
  ...ALWAYS,
  part: 'tape',
  Content: TapeFigure,
  views: [{ id: 'tape' }],
} as const satisfies Figure;

export const CURVES = {
  ...ALWAYS,
  part: 'curves',
  begins: ({ runs }) => runs.some(({ losses, validation }) => losses.length > 0 || validation.length > 0),
  Content: CurvesFigure,
  views: [{ id: 'training' }],
} as const satisfies Figure;

const STRATEGY = { ...ALWAYS, part: 'strategy', Content: StrategyCard, views: [] } as const satisfies Figure;

/** In page order. */
export const LIVE_FIGURES: readonly Figure[] = [TAPE, STRATEGY, CURVES];
