import { studyEvaluations } from '../../../study/analyses/pruning/masks.ts';
import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { HandCard } from './hand/HandCard.tsx';

/** Loaded lazily: it is below the first screen. */
const StructuredFigure: ResultContent = lazily(async () => (await import('./PruningFigures.tsx')).StructuredFigure);
const UnstructuredFigure: ResultContent = lazily(async () => (await import('./PruningFigures.tsx')).UnstructuredFigure);

export const PRUNING = {
  id: 'pruning',
  figures: [
    {
      part: 'layers',
      Content: StructuredFigure,
      fills: ({ pruning }) => pruning.some(({ structured }) => structured.length > 0),
      isAskedFor: ({ analyses }) => analyses.pruning.enabled,
      place: 'half',
      views: [{ id: 'layers', height: 680 }],
    },
    {
      part: 'weights',
      Content: UnstructuredFigure,
      fills: ({ pruning }) => pruning.some(({ unstructured }) => unstructured.length > 0),
      isAskedFor: ({ analyses: { pruning } }) =>
        pruning.enabled && pruning.scopes.length > 0 && pruning.sparsities.length > 0,
      place: 'half',
      views: [{ id: 'weights', height: 660 }],
    },
    {
      part: 'hand',
      Content: HandCard,
      // Pruning by hand needs only a run.
      fills: ({ runs }) => runs.length > 0,
      isAskedFor: () => true,
      place: 'below',
      views: [],
    },
  ],
  cost: (config, { layers }) => counted(studyEvaluations(config, layers), 'evaluation'),
  contents: ({ pruning }) => [
    ...contentOf(pruning.length, (count) => `pruning of layers of ${counted(count, 'run')}`),
    ...contentOf(
      pruning.filter(({ unstructured }) => unstructured.length > 0).length,
      (count) => `pruning of weights of ${counted(count, 'run')}`,
    ),
  ],
} as const satisfies ShownAnalysis;
