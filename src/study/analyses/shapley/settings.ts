/** Settings of the Shapley analysis. */
import type { EstimatorId } from '../../../copra/shapley/estimator-ids.ts';
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { choice, number, onOff } from '../../config/settings/rows.ts';

/**
 * Most players of exact Shapley values; with more the estimator samples. Values of two towers factorise: a tower's features depend on its own players alone. So
 * the passes grow with 2^players of a tower, and the coalitions that are scored and kept with 2^players of both: 65,536 take about 50 MB.
 */
export const MAX_EXACT = { perTower: 12, players: 16 } as const;

export const SHAPLEY_SETTINGS = {
  enabled: onOff({
    label: 'Shapley values',
    short: 'Shapley',
    query: 'shapley',
    usual: true,
  }),
  images: number({
    label: 'Images',
    query: 'shapley-images',
    min: 1,
    max: 100000,
    whole: true,
    step: 1,
    usual: 64,
  }),
  estimator: choice({
    label: 'Estimator',
    query: 'shapley-estimator',
    options: {
      exact: 'exact',
      odd: 'odd order 3',
      kernel: 'KernelSHAP',
      owen: 'Owen',
      permutation: 'orders',
    } satisfies Record<EstimatorId, string>,
    usual: 'exact',
  }),
  permutations: number({
    label: 'Orders sampled',
    query: 'shapley-permutations',
    when: ({ estimator }) => estimator === 'permutation',
    min: 2,
    max: 10000,
    whole: true,
    step: 1,
    usual: 32,
  }),
  evaluations: number({
    label: 'Coalitions',
    query: 'shapley-evaluations',
    // There are too many projections for exact values.
    when: ({ estimator, players }) => estimator !== 'permutation' && (estimator !== 'exact' || players === 'module'),
    optional: true,
    min: 16,
    max: 2048,
    whole: true,
    step: 1,
    usual: 256,
  }),
  players: choice({
    label: 'Players',
    query: 'shapley-players',
    optional: true,
    options: { layer: 'layers', module: 'projections' },
    usual: 'layer',
  }),
  evolution: onOff({
    label: 'During training',
    query: 'shapley-evolution',
    optional: true,
    usual: false,
  }),
  seedsPerArm: number({
    label: 'Seeds analysed',
    query: 'shapley-seeds',
    min: 1,
    max: 32,
    whole: true,
    step: 1,
    usual: 1,
  }),
};

export const ShapleySchema = analysisSchema(SHAPLEY_SETTINGS);
