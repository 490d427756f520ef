/** The masks under which a run is tested after whole layers or projections are removed. */
import {
  lowestRemoved,
  randomRemoved,
  removalCounts,
  structuredMasks,
  type StructuredMask,
} from '../../../copra/pruning/structured.ts';
import { layoutOfLayers, type AdapterLayout, type TowerName } from '../../../core/adapter-layout.ts';
import type { StudyConfig } from '../../config/config.ts';
import type { PruningSettings } from './settings.ts';

/** Orders in which layers are removed. */
export interface LayerOrders {
  /** ‖ΔW‖ per layer, [players]. */
  readonly norms: ArrayLike<number>;
  /** Shapley value per layer, [players]; null where unknown. */
  readonly shapley: ArrayLike<number> | null;
}

/** All masks of a run: the fixed ones, and layers removed by Shapley value (where known), by ‖ΔW‖ and at random. */
export function masksOf(
  layout: AdapterLayout,
  { norms, shapley }: LayerOrders,
  { randomMasks }: Pick<PruningSettings, 'randomMasks'>,
  seed: number,
): StructuredMask[] {
  return [
    ...structuredMasks(layout),
    ...removalCounts(layout.players.length).flatMap((removed) => [
      ...(shapley ? [lowestRemoved(layout, 'shapley', shapley, removed)] : []),
      lowestRemoved(layout, 'norm', norms, removed),
      ...randomRemoved(layout, removed, randomMasks, seed),
    ]),
  ];
}

/**
 * Number of evaluations that pruning takes, of layers and of weights.
 * @param analysed how many of the runs have Shapley values
 */
export function pruningEvaluations(
  layout: AdapterLayout,
  { randomMasks, scopes, sparsities }: PruningSettings,
  { runs, analysed }: { readonly runs: number; readonly analysed: number },
): number {
  const none = new Float64Array(layout.players.length);
  const masks = masksOf(layout, { norms: none, shapley: null }, { randomMasks }, 0).length;
  const ofWeights = scopes.length * new Set(sparsities).size;
  return runs * (masks + ofWeights) + analysed * removalCounts(layout.players.length).length;
}

/** Evaluations of all runs of a study, given the layers of the backbone. */
export function studyEvaluations(
  { arms, seeds, analyses: { pruning, shapley } }: Pick<StudyConfig, 'arms' | 'seeds' | 'analyses'>,
  layers: Readonly<Record<TowerName, number>>,
): number {
  const analysed = shapley.enabled ? Math.min(shapley.seedsPerArm, seeds.length) : 0;
  return arms
    .filter(({ towers }) => towers.some((tower) => layers[tower] > 0))
    .map((arm) => pruningEvaluations(layoutOfLayers(layers, arm), pruning, { runs: seeds.length, analysed }))
    .reduce((sum, count) => sum + count, 0);
}
