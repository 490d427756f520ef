import { studyCoalitions } from '../../../study/analyses/shapley/players.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { lazily } from '../../lazily.tsx';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';
import { whyAbsent } from '../../charts/why-absent.ts';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
import { ShapleyFigure } from './ShapleyFigure.tsx';

const InteractionsFigure: ResultContent = lazily(
  async () => (await import('./InteractionsFigure.tsx')).InteractionsFigure,
);
const LayerSetsFigure: ResultContent = lazily(async () => (await import('./LayerSetsFigure.tsx')).LayerSetsFigure);

const ImageLayersFigure: ResultContent = lazily(
  async () => (await import('./pictures/ImageLayersFigure.tsx')).ImageLayersFigure,
);

const known = ({ shapley }: StudyResult) => shapley.filter(({ everyCoalition }) => everyCoalition);

/** Figures of what all coalitions say. Whether all can be evaluated is known when they are. */
const ofEveryCoalition = {
  fills: (result: StudyResult) => known(result).length > 0,
  isAskedFor: () => false,
  place: 'half',
} as const;

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
    {
      ...ofEveryCoalition,
      part: 'interactions',
      Content: InteractionsFigure,
      views: [{ id: 'interactions', height: 620 }],
    },
    { ...ofEveryCoalition, part: 'layer-sets', Content: LayerSetsFigure, views: [{ id: 'layer-sets', height: 620 }] },
    {
      part: 'image-layers',
      Content: ImageLayersFigure,
      fills: ({ shapley }) => shapley.some(({ perImage }) => perImage),
      isAskedFor: () => false,
      place: 'below',
      views: [{ id: 'image-layers', height: 900 }],
      absence: (_, source) => whyAbsent(ANNOUNCED_WORDS.noImageLayers, source),
    },
  ],
  cost: ({ arms, seeds, analyses: { shapley } }, { layers }) =>
    ANNOUNCED_WORDS.coalitions(studyCoalitions(shapley, arms, seeds.length, layers), shapley.images),
  contents: (result) => [
    ...contentOf(result.shapley.length, ANNOUNCED_WORDS.shapleyValues),
    ...contentOf(known(result).length, ANNOUNCED_WORDS.interactions),
  ],
} as const satisfies ShownAnalysis;
