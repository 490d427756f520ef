/** Maps the paper's figures to views of presets. */
import { controls } from '../../src/study/presets/controls.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { full } from '../../src/study/presets/full.ts';
import { ablationsFewShots } from '../../src/study/presets/ablations-few-shots.ts';
import { ablations } from '../../src/study/presets/ablations.ts';
import { federatedFewShots } from '../../src/study/presets/federated-few-shots.ts';
import { federated } from '../../src/study/presets/federated.ts';
import { geometryFewShots } from '../../src/study/presets/geometry-few-shots.ts';
import { geometry } from '../../src/study/presets/geometry.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { manyTasksFewShots } from '../../src/study/presets/many-tasks-few-shots.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import { mergeFewShots } from '../../src/study/presets/merge-few-shots.ts';
import { merge } from '../../src/study/presets/merge.ts';
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import type { LandscapeResult } from '../../src/study/analyses/landscape/result.ts';
import type { ViewId } from '../../src/ui/results/page-figures.ts';

export interface PaperFigure {
  /** The paper's figure; where there is none, a description. */
  readonly heading: string;
  readonly preset: Preset;
  readonly view: ViewId;
  /** Of landscapes: the alignment of the factors that is chosen before the picture is taken; absent: none. */
  readonly alignment?: NonNullable<LandscapeResult['alignment']>;
  /** Height of the picture in pixels. */
  readonly height: number;
}

/** Path of a figure's picture, relative to docs/. */
export const pictureFile = ({ preset, view }: Pick<PaperFigure, 'preset' | 'view'>): string =>
  `figures/${preset.id}-${view}.png`;

export const PAPER_FIGURES: readonly PaperFigure[] = [
  { heading: 'Figure 1: the strategy', preset: fewShots, view: 'tape', height: 460 },
  { heading: 'Training', preset: fewShots, view: 'training', height: 620 },
  { heading: 'Figure 2: Shapley value of every layer', preset: fewShots, view: 'shapley', height: 480 },
  { heading: 'Interactions of layers', preset: fewShots, view: 'interactions', height: 620 },
  { heading: 'Sets of layers', preset: fewShots, view: 'layer-sets', height: 620 },
  { heading: 'Figure 3: accuracy landscape', preset: fewShots, view: 'landscape', height: 480 },
  { heading: 'Figure 3: with plenty of data', preset: full, view: 'landscape', height: 480 },
  {
    heading: 'Figure 3: with the factors aligned',
    preset: geometryFewShots,
    view: 'landscape',
    alignment: 'orthogonal',
    height: 520,
  },
  {
    heading: 'Figure 3: with the factors aligned, plenty of data',
    preset: geometry,
    view: 'landscape',
    alignment: 'orthogonal',
    height: 520,
  },
  { heading: 'Figure 3: the plane through three adapters', preset: geometryFewShots, view: 'plane', height: 620 },
  {
    heading: 'Figure 3: the plane through three adapters, plenty of data',
    preset: geometry,
    view: 'plane',
    height: 620,
  },
  { heading: 'Figure 4, left: structured pruning', preset: fewShots, view: 'layers', height: 760 },
  { heading: 'Figure 4, left: with plenty of data', preset: full, view: 'layers', height: 760 },
  { heading: 'Figure 4, right: unstructured pruning', preset: fewShots, view: 'weights', height: 780 },
  { heading: 'Figure 5, left: adapters as points', preset: geometryFewShots, view: 'points', height: 660 },
  { heading: 'Figure 5, left: with plenty of data', preset: geometry, view: 'points', height: 660 },
  { heading: 'Figure 5, middle: learning rates', preset: learningRatesFewShots, view: 'sweep', height: 560 },
  { heading: 'Figure 5, middle: with plenty of data', preset: learningRates, view: 'sweep', height: 560 },
  { heading: 'Figure 5, right: many tasks', preset: manyTasksFewShots, view: 'many-tasks', height: 820 },
  { heading: 'Figure 5, right: with plenty of data', preset: manyTasks, view: 'many-tasks', height: 820 },
  { heading: 'Merging methods', preset: mergeFewShots, view: 'merging', height: 940 },
  { heading: 'Merging methods: with plenty of data', preset: merge, view: 'merging', height: 940 },
  { heading: 'Federated training', preset: federatedFewShots, view: 'federated', height: 560 },
  { heading: 'Federated training: with plenty of data', preset: federated, view: 'federated', height: 560 },
  {
    heading: 'Federated training: error of aggregation',
    preset: federatedFewShots,
    view: 'federated-error',
    height: 560,
  },
  {
    heading: 'Federated training: error of aggregation, plenty of data',
    preset: federated,
    view: 'federated-error',
    height: 560,
  },
  { heading: 'Federated training: who holds what', preset: federated, view: 'federated-clients', height: 480 },
  { heading: 'Other domains: the task against them', preset: fewShots, view: 'domains', height: 620 },
  { heading: 'Other domains: what is kept of the backbone', preset: fewShots, view: 'domains-kept', height: 620 },
  { heading: 'Controls: what else could do it', preset: controls, view: 'summary', height: 800 },
  { heading: 'Controls: accuracy landscape', preset: controls, view: 'landscape', height: 620 },
  { heading: 'Controls: structured pruning', preset: controls, view: 'layers', height: 860 },
  { heading: 'Controls: sharpness', preset: controls, view: 'sharpness', height: 560 },
  { heading: 'Baselines and ablations', preset: ablationsFewShots, view: 'summary', height: 800 },
  {
    heading: 'Baselines and ablations: every arm as a point',
    preset: ablationsFewShots,
    view: 'frontier',
    height: 660,
  },
  { heading: 'Baselines and ablations: with plenty of data', preset: ablations, view: 'summary', height: 800 },
  {
    heading: 'Baselines and ablations: every arm as a point, plenty of data',
    preset: ablations,
    view: 'frontier',
    height: 660,
  },
  { heading: 'Sixteen images a class, as in CoTo’s table r3', preset: sixteenShots, view: 'summary', height: 520 },
  {
    heading: 'Sixteen images a class, as in CoTo’s table r3: every arm as a point',
    preset: sixteenShots,
    view: 'frontier',
    height: 660,
  },
];
