/** Settings of the Shapley analysis. */
import type { EstimatorId } from '../../../copra/shapley/plan.ts';
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { choice, number, onOff } from '../../config/settings/rows.ts';

/** Exact Shapley values need 2^n coalitions; with more players the estimator samples. */
export const MAX_EXACT_PLAYERS = 12;

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
