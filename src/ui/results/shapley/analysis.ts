import { counted } from '../../../core/counted.ts';
import { contentOf, type ShownAnalysis } from '../figure.ts';
import { ShapleyFigure } from './ShapleyFigure.tsx';

export const SHAPLEY = {
  id: 'shapley',
  figures: [
    {
      part: 'shapley',
      Content: ShapleyFigure,
      fills: ({ shapley }) => shapley.length > 0,
      isAskedFor: ({ analyses }) => analyses.shapley.enabled,
      views: [{ id: 'shapley' }],
    },
  ],
  contents: ({ shapley }) => contentOf(shapley.length, (count) => `Shapley values of ${counted(count, 'run')}`),
} as const satisfies ShownAnalysis;
