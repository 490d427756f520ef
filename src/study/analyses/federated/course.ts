/** Courses of a federation: every arm under every rule, from round to round. */
import { hasLowRankUpdates } from '../../../copra/adapter-kinds.ts';
import { aggregationError, type AggregationError } from '../../../copra/federated/aggregation-error.ts';
import { clientDrift } from '../../../copra/federated/drift.ts';
import { clientWeights, participants, reserves } from '../../../copra/federated/partition.ts';
import type { Aggregated } from '../../../copra/federated/rule.ts';
import type { FederatedRuleId } from '../../../copra/federated/rule-list.ts';
import { federatedRule } from '../../../copra/federated/rules/registry.ts';
import { initialAdapter } from '../../../copra/lora-init.ts';
import type { ClientAnswer, FrozenChanges } from '../../classroom/round.ts';
import type { StudyContext } from '../../run/context.ts';
import { roundSeed, type Federation } from './clients.ts';
import { NO_CHANGES } from './frozen-changes.ts';
import type { GlobalModel } from './global-model.ts';
import type { FederatedArm } from './local-training.ts';
import type { PoolRound } from './pool.ts';
import type { FederatedRun } from './result.ts';
import type { FederatedSettings } from './settings.ts';

/** One arm under one rule and seed. */
interface PlannedCourse {
  readonly planned: FederatedArm;
  readonly rule: FederatedRuleId;
  readonly seed: number;
}

export interface Course extends PlannedCourse {
  model: GlobalModel;
  /** What was added to the frozen weights so far, for devices that join later; kept only for a class. */
  changes: FrozenChanges;
  run: FederatedRun;
}

/** Whether a course was completed before seeds were added. */
const isKnown = (
  { known }: Pick<StudyContext, 'known'>,
  { rounds }: FederatedSettings,
  { planned, rule, seed }: PlannedCourse,
): boolean =>
  known?.federated?.runs.some(
    (other) =>
      other.arm === planned.arm.id && other.seed === seed && other.rule === rule && other.accuracy.length === rounds,
  ) ?? false;

/** Courses of a federation that still have to run. */
export function plannedCourses(
  context: Pick<StudyContext, 'known'>,
  settings: FederatedSettings,
  arms: readonly FederatedArm[],
  seed: number,
): PlannedCourse[] {
  const rules = [...new Set(settings.rules)];
  return arms
    .flatMap((planned) => rules.map((rule) => ({ planned, rule, seed })))
    .filter((course) => !isKnown(context, settings, course));
}

export function beginCourse(
  { model }: Pick<StudyContext, 'model'>,
  { participation }: FederatedSettings,
  { partition }: Federation,
  { planned, rule, seed }: PlannedCourse,
): Course {
  const { layout, arm } = planned;
  // Every round has as many.
  const taking = participants(partition, { participation, seed, round: 0 }).length;
  const { down, up } = federatedRule(rule).traffic(layout, taking);
  return {
    planned,
    rule,
    seed,
    model: { backbone: model.backbone, adapter: initialAdapter(layout, seed) },
    changes: NO_CHANGES,
    run: {
      arm: arm.id,
      seed,
      rule,
      accuracy: [],
      loss: [],
      players: layout.players.map(({ tower, layer }) => ({ tower, layer })),
      error: [],
      ...(hasLowRankUpdates(layout) && { norms: { update: [], error: [] } }),
      drift: [],
      movement: [],
      down: 4 * taking * down,
      up: 4 * taking * up,
      diverged: null,
    },
  };
}

/** What clients are asked for in a round. */
export function roundOf(
  { participation }: FederatedSettings,
  federation: Federation,
  { planned, rule, seed, model, changes }: Course,
  round: number,
): PoolRound {
  const { partition } = federation;
  const draw = { participation, seed, round };
  return {
    round,
    seed,
    arm: planned.arm.id,
    rule,
    planned,
    federation,
    changes,
    drawn: participants(partition, draw),
    reserves: reserves(partition, draw),
    start: model.adapter,
    imagesOf: (client) => partition.clients[client].length,
    mostImages: Math.max(...partition.clients.map(({ length }) => length)),
  };
}

/** What the server makes of the adapters of a round, and how its figures say that they differ. */
export interface Aggregation {
  readonly made: Aggregated;
  /** Null for DoRA: the quantity to average is not Σ pₖBₖAₖ. */
  readonly error: AggregationError | null;
  readonly drift: number;
  readonly movement: number;
}

/** Null where there is no adapter, or one is not finite. Numbers that are finite may be too large for what is made of them. */
export function aggregate(
  { planned, rule, seed, model: { adapter: start } }: Course,
  round: number,
  answers: readonly ClientAnswer[],
): Aggregation | null {
  const clients = answers.map(({ adapter }) => adapter);
  if (clients.length === 0 || !clients.every((adapter) => adapter.every(Number.isFinite))) return null;
  const { layout } = planned;
  const weights = clientWeights(answers.map(({ images }) => images));
  const fresh = () => initialAdapter(layout, roundSeed(seed, round));
  const made = federatedRule(rule).aggregate({ layout, start, clients, weights, fresh });
  return {
    made,
    error: hasLowRankUpdates(layout) ? aggregationError({ layout, clients, weights }, made) : null,
    ...clientDrift({ layout, start, clients, weights }),
  };
}
