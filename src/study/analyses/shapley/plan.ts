/** Turns the settings of a study into the coalitions to evaluate. */
import { planWithin } from '../../../copra/shapley/estimators.ts';
import { permutationPlan } from '../../../copra/shapley/permutation.ts';
import type { ShapleyPlan } from '../../../copra/shapley/plan.ts';
import { SHAPLEY_SETTINGS } from './settings.ts';
import type { StudyConfig } from '../../config/config.ts';
import { estimatorFor, towerPlayers, type ShapleyPlayers } from './players.ts';

export function shapleyPlan(
  settings: StudyConfig['analyses']['shapley'],
  players: ShapleyPlayers['players'],
  seed: number,
): ShapleyPlan {
  const estimator = estimatorFor(settings, towerPlayers(players));
  if (estimator === 'permutation') return permutationPlan(players.length, settings.permutations, seed);
  return planWithin(estimator, players.length, settings.evaluations ?? SHAPLEY_SETTINGS.evaluations.usual, seed);
}
