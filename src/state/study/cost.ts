/** Estimates the cost of a study before it runs, in device-independent units. */
import type { ArmConfig, StudyConfig } from '../../study/config/config.ts';
import { coalitionCount, type TowerPlayers } from '../../study/analyses/shapley/players.ts';
import { landscapeCurves } from '../../study/analyses/landscape/settings.ts';
import { MERGES } from '../../study/analyses/merging/merges.ts';

export interface BackboneFacts {
  readonly visionLayers: number;
  readonly textLayers: number;
}

/** Players of the Shapley analysis of an arm: layers, or projections of layers. */
export function shapleyPlayers(arm: ArmConfig, { analyses }: StudyConfig, facts: BackboneFacts): TowerPlayers {
  const perLayer = analyses.shapley.players === 'module' ? arm.projections.length : 1;
  return {
    vision: arm.towers.includes('vision') ? perLayer * facts.visionLayers : 0,
    text: arm.towers.includes('text') ? perLayer * facts.textLayers : 0,
  };
}

export interface StudyCost {
  readonly runs: number;
  /** Optimizer steps over all runs. */
  readonly steps: number;
  readonly seedPairs: number;
  /** Evaluations of an adapter on one test set. */
  readonly landscape: number;
  readonly pruning: number;
  /** Optimizer steps on further tasks, over all runs. */
  readonly otherTasks: number;
  /** Grid points over all planes. */
  readonly plane: number;
  /** Number of merges tested. */
  readonly merging: number;
  /** Optimizer steps of all clients, over arms, seeds and rules. */
  readonly federated: number;
  /** Coalitions over all analysed runs. */
  readonly coalitions: number;
}

/** Structured masks per run besides random ones: all, none, even, odd, three thirds, projections, pairs of q, k and v, towers, two rankings. */
function structuredMasks({ projections, towers }: ArmConfig): number {
  const attention = projections.filter((projection) => ['q', 'k', 'v'].includes(projection)).length;
  const pairs = (attention * (attention - 1)) / 2;
  return 9 + projections.length + pairs + (towers.length > 1 ? towers.length : 0);
}

function federatedSteps({ analyses: { federated }, arms, seeds }: StudyConfig): number {
  if (!federated?.enabled) return 0;
  const { clients, participation, rounds, localSteps, rules } = federated;
  const taking = Math.max(1, Math.round(participation * clients));
  return Math.min(federated.seeds, seeds.length) * arms.length * rules.length * taking * rounds * localSteps;
}

/** Number of tasks trained besides the study's own. */
function otherTasksOf({ task, analyses }: StudyConfig): number {
  const { multitask } = analyses;
  if (!multitask?.enabled) return 0;
  const { tasks, parts } = multitask;
  return tasks.length > 0 ? tasks.filter((id) => id !== task).length : parts;
}

export function studyCost(config: StudyConfig, facts: BackboneFacts): StudyCost {
  const { arms, seeds, training, analyses } = config;
  const runs = arms.length * seeds.length;
  const seedPairs = (seeds.length * (seeds.length - 1)) / 2;
  const { landscape, plane, shapley, pruning } = analyses;
  const analysed = Math.min(shapley.seedsPerArm, seeds.length);
  const stages = shapley.evolution ? 3 : 1;
  return {
    runs,
    steps: runs * training.steps,
    seedPairs,
    landscape: landscape.enabled ? arms.length * seedPairs * landscapeCurves(landscape) * landscape.points : 0,
    plane: plane?.enabled && seeds.length > 1 ? arms.length * plane.grid ** 2 : 0,
    pruning: pruning.enabled
      ? seeds.length *
        arms.reduce(
          (sum, arm) =>
            sum + structuredMasks(arm) + pruning.randomMasks + pruning.scopes.length * pruning.sparsities.length,
          0,
        )
      : 0,
    merging: analyses.merging?.enabled && seeds.length > 1 ? arms.length * MERGES.length : 0,
    federated: federatedSteps(config),
    otherTasks: runs * training.steps * otherTasksOf(config),
    coalitions: shapley.enabled
      ? analysed *
        stages *
        arms.reduce((sum, arm) => sum + coalitionCount(shapley, shapleyPlayers(arm, config, facts)), 0)
      : 0,
  };
}
