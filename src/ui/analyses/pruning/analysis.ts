import { studyEvaluations } from '../../../study/analyses/pruning/masks.ts';
import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
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
  cost: (config, { layers }) => ANNOUNCED_WORDS.evaluations(studyEvaluations(config, layers)),
  contents: ({ pruning }) => [
    ...contentOf(pruning.length, ANNOUNCED_WORDS.pruningOfLayers),
    ...contentOf(
      pruning.filter(({ unstructured }) => unstructured.length > 0).length,
      ANNOUNCED_WORDS.pruningOfWeights,
    ),
  ],
} as const satisfies ShownAnalysis;
