/** The players of a study's Shapley analysis, and how many coalitions are evaluated. The page uses this file too, so it loads no estimator. */
import type { AdapterLayout, Projection, TowerName } from '../../../core/adapter-layout.ts';
import { gatesOfPlayers } from '../../../core/adapter-layout.ts';
import type { EstimatorId } from '../../../copra/shapley/plan.ts';
import { MAX_EXACT_PLAYERS, SHAPLEY_SETTINGS } from './settings.ts';
import type { StudyConfig } from '../../config/config.ts';

type Settings = StudyConfig['analyses']['shapley'];

/** The estimator with the lowest error at equal cost on bundled adapters (docs/shapley.md). */
export const BEST_SAMPLED: EstimatorId = 'odd';

export interface ShapleyPlayers {
  readonly players: readonly { tower: TowerName; layer: number; projection?: Projection }[];
  /** Gates over pairs for a coalition [players]. */
  readonly gatesOf: (coalition: Uint8Array) => Uint8Array;
}

export function playersOf(layout: AdapterLayout, { players }: Pick<Settings, 'players'>): ShapleyPlayers {
  if (players === 'module')
    return {
      players: layout.pairs.map(({ tower, layer, projection }) => ({ tower, layer, projection })),
      gatesOf: (coalition) => coalition,
    };
  return { players: layout.players, gatesOf: (coalition) => gatesOfPlayers(layout, coalition) };
}

/** The estimator in use: all coalitions only when they can be enumerated. */
export const estimatorFor = ({ estimator }: Pick<Settings, 'estimator'>, players: number): EstimatorId =>
  estimator === 'exact' && players > MAX_EXACT_PLAYERS ? BEST_SAMPLED : estimator;

/** Most coalitions evaluated for one run. */
export function coalitionCount(settings: Settings, players: number): number {
  const estimator = estimatorFor(settings, players);
  if (estimator === 'exact') return 2 ** players;
  const wanted =
    estimator === 'permutation'
      ? settings.permutations * Math.max(1, players - 1) + 2
      : (settings.evaluations ?? SHAPLEY_SETTINGS.evaluations.usual);
  return Math.min(2 ** players, wanted);
}
