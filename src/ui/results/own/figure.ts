import { ALWAYS, type Figure } from '../figure.ts';
import { OwnFigure } from './OwnFigure.tsx';

export const OWN = {
  part: 'own',
  Content: OwnFigure,
  ...ALWAYS,
  place: 'top',
  views: [],
} as const satisfies Figure;
