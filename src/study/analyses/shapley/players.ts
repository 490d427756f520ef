/** The players of a study's Shapley analysis, and how many coalitions are evaluated. The page uses this file too, so it loads no estimator. */
import type { AdapterLayout, Projection, TowerName } from '../../../core/adapter-layout.ts';
import { gatesOfPlayers } from '../../../core/adapter-layout.ts';
import type { EstimatorId } from '../../../copra/shapley/estimator-ids.ts';
import { MAX_EXACT, SHAPLEY_SETTINGS } from './settings.ts';
import type { ArmConfig, StudyConfig } from '../../config/config.ts';

type Settings = StudyConfig['analyses']['shapley'];

/** The estimator with the lowest error at equal cost on bundled adapters (docs/shapley.md). */
const BEST_SAMPLED: EstimatorId = 'odd';

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

/** Number of players in each tower. */
export type TowerPlayers = Readonly<Record<TowerName, number>>;

export const towerPlayers = (players: readonly { readonly tower: TowerName }[]): TowerPlayers => {
  const vision = players.filter(({ tower }) => tower === 'vision').length;
  return { vision, text: players.length - vision };
};

/** The most players that any of several lists has in each tower. */
export function mostPlayers(lists: readonly (readonly { readonly tower: TowerName }[])[]): TowerPlayers {
  const counts = lists.map(towerPlayers);
  const most = (tower: TowerName): number => Math.max(0, ...counts.map((players) => players[tower]));
  return { vision: most('vision'), text: most('text') };
}

const allPlayers = ({ vision, text }: TowerPlayers): number => vision + text;

/** Whether all coalitions can be evaluated. */
export const canBeExact = (players: TowerPlayers): boolean =>
  allPlayers(players) <= MAX_EXACT.players && Math.max(players.vision, players.text) <= MAX_EXACT.perTower;

/** The estimator in use: all coalitions only when they can be evaluated. */
export const estimatorFor = ({ estimator }: Pick<Settings, 'estimator'>, players: TowerPlayers): EstimatorId =>
  estimator === 'exact' && !canBeExact(players) ? BEST_SAMPLED : estimator;

/** Players of an arm, given the layers of the backbone. */
export function playersOfArm(
  { towers, projections }: Pick<ArmConfig, 'towers' | 'projections'>,
  { players }: Pick<Settings, 'players'>,
  layers: TowerPlayers,
): TowerPlayers {
  const perLayer = players === 'module' ? projections.length : 1;
  const of = (tower: TowerName): number => (towers.includes(tower) ? perLayer * layers[tower] : 0);
  return { vision: of('vision'), text: of('text') };
}

/** Most coalitions evaluated for one run. */
export function coalitionCount(settings: Settings, players: TowerPlayers): number {
  const all = allPlayers(players);
  const estimator = estimatorFor(settings, players);
  if (estimator === 'exact') return 2 ** all;
  const wanted =
    estimator === 'permutation'
      ? settings.permutations * Math.max(1, all - 1) + 2
      : (settings.evaluations ?? SHAPLEY_SETTINGS.evaluations.usual);
  return Math.min(2 ** all, wanted);
}

/** Coalitions evaluated over all analysed runs of a study. */
export function studyCoalitions(
  settings: Settings,
  arms: readonly ArmConfig[],
  seeds: number,
  layers: TowerPlayers,
): number {
  const adapters = Math.min(settings.seedsPerArm, seeds) * (settings.evolution ? 3 : 1);
  const perArm = arms.map((arm) => coalitionCount(settings, playersOfArm(arm, settings, layers)));
  return adapters * perArm.reduce((sum, count) => sum + count, 0);
}
