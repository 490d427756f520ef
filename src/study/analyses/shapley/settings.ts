/** Settings of the Shapley analysis. */
import * as v from 'valibot';
import { ESTIMATORS } from '../../../copra/shapley/plan.ts';
import { count } from '../../config/setting-schemas.ts';

/** Exact Shapley values need 2^n coalitions; with more layers the estimator samples. */
export const MAX_EXACT_PLAYERS = 12;

/** Coalitions of a sampled estimate where the configuration says nothing. */
export const DEFAULT_EVALUATIONS = 256;

export const ShapleySchema = v.object({
  enabled: v.boolean(),
  images: count(1, 100000),
  /** exact needs ≤ 12 players; permutation samples `permutations` orders; the others evaluate up to `evaluations` coalitions. */
  estimator: v.picklist(ESTIMATORS),
  permutations: count(2, 10000),
  /** Absent: DEFAULT_EVALUATIONS. */
  evaluations: v.optional(count(16, 2048)),
  /** Who plays: layers (absent), or every adapted projection of every layer. */
  players: v.optional(v.picklist(['layer', 'module'])),
  /** Also after the first and second third of the steps; absent: no. */
  evolution: v.optional(v.boolean()),
  /** Seeds per arm that are analysed; the rest is skipped. */
  seedsPerArm: count(1, 32),
});
