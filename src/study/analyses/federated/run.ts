/**
 * Federated training: trains the study's arms again on clients that never share their images. Every arm runs under every rule with the same clients, batches
 * and gates.
 */
import { aggregationError } from '../../../copra/federated/aggregation-error.ts';
import { clientDrift } from '../../../copra/federated/drift.ts';
import { clientWeights, MIN_CLIENT_IMAGES, participants, reserves } from '../../../copra/federated/partition.ts';
import { federatedRuleName, type FederatedRuleId } from '../../../copra/federated/rule-list.ts';
import { federatedRule } from '../../../copra/federated/rules/registry.ts';
import { initialAdapter } from '../../../copra/lora-init.ts';
import { allGates } from '../../../core/adapter-layout.ts';
import { listed } from '../../../core/listed.ts';
import type { Backbone } from '../../../model/backbone.ts';
import type { Crew, FrozenChanges, RoundOutcome } from '../../classroom/rounds.ts';
import { reportPhase, scoreVariants, withEvaluator, type StudyContext } from '../../run/context.ts';
import { isLowRank, withoutDora } from '../without-dora.ts';
import { federatedArms } from './arms.ts';
import { createFederation, roundSeed, type Federation } from './clients.ts';
import { NO_CHANGES, withChange } from './frozen-changes.ts';
import { neededPart, nextModel, type GlobalModel } from './global-model.ts';
import type { FederatedArm } from './local-training.ts';
import { openPool, type Pool } from './pool.ts';
import type { Attendance, FederatedRun } from './result.ts';
import { clientArms, type FederatedSettings } from './settings.ts';
import { found } from '../../result/result-parts.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

const REPORT_SECONDS = 0.25;

/** One arm under one rule and seed. */
interface PlannedCourse {
  readonly planned: FederatedArm;
  readonly rule: FederatedRuleId;
  readonly seed: number;
}

/** The same from round to round. */
interface Course {
  readonly planned: FederatedArm;
  readonly rule: FederatedRuleId;
  model: GlobalModel;
  /** What was added to the frozen weights so far, for devices that join later; kept only for a class. */
  changes: FrozenChanges;
  run: FederatedRun;
}

function beginCourse(
  { model }: StudyContext,
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
      drift: [],
      movement: [],
      down: 4 * taking * down,
      up: 4 * taking * up,
      diverged: null,
    },
  };
}

/** Loads frozen weights onto the device unless they are already there. */
function loader({ engine, objective, model }: StudyContext): (backbone: Backbone) => void {
  let loaded = model.backbone;
  return (backbone) => {
    if (backbone === loaded) return;
    engine.load(neededPart(backbone, objective));
    loaded = backbone;
  };
}

/** Who took part so far. @param before undefined at the first round */
function attended(
  before: Attendance | undefined,
  crew: Crew,
  clients: number,
  { answers, asked, names: askedNames, down, up }: RoundOutcome,
): Attendance {
  const names = before ? [...before.names] : Array.from({ length: clients }, () => '');
  asked.forEach((client, i) => (names[client] = askedNames[i]));
  // Who waits and was not asked yet, maybe with a client beyond those of this federation. Who was asked keeps the name: a client may have changed hands since.
  for (const { holds, name } of crew.devices())
    for (const client of holds) if (client < clients) names[client] ||= name;
  const own = answers.map((answer) => answer.own);
  const round = {
    ...{ asked: [...asked], names: [...askedNames] },
    ...{ took: answers.map(({ client }) => client), images: answers.map(({ images }) => images) },
    ...(own.some((images) => images !== null) && { own }),
    ...{ down, up },
  };
  return { names, rounds: [...(before?.rounds ?? []), round] };
}

async function advance(
  context: StudyContext,
  settings: FederatedSettings,
  { pool, federation }: { readonly pool: Pool; readonly federation: Federation },
  course: Course,
  round: number,
  load: (backbone: Backbone) => void,
  onStep: (done: number, pausing: boolean) => void,
): Promise<void> {
  const { planned, rule, model, run } = course;
  const { layout, scale } = planned;
  const { seed } = run;
  const { partition } = federation;
  const draw = { participation: settings.participation, seed, round };
  const drawn = participants(partition, draw);
  load(model.backbone);
  const outcome = await pool.train(
    {
      ...{ round, seed, arm: run.arm, rule, drawn, planned, federation, changes: course.changes },
      reserves: reserves(partition, draw),
      start: model.adapter,
      imagesOf: (client) => partition.clients[client].length,
      mostImages: Math.max(...partition.clients.map(({ length }) => length)),
    },
    onStep,
  );
  const trained = outcome.answers.map(({ adapter }) => adapter);
  const weights = clientWeights(outcome.answers.map(({ images }) => images));
  const diverge = (): void => {
    course.run = { ...run, diverged: round + 1 };
    context.emit(found('federated', { partitions: [], runs: [course.run] }));
    const { name, learningRate } = planned.arm;
    context.emit({
      type: 'notice',
      message: ANALYSIS_NOTICES.clientDiverged(name, seed, round + 1, federatedRuleName(rule), learningRate),
    });
  };
  if (trained.length === 0 || !trained.every((adapter) => adapter.every(Number.isFinite))) return diverge();
  const start = model.adapter;
  const fresh = () => initialAdapter(layout, roundSeed(seed, round));
  const made = federatedRule(rule).aggregate({ layout, start, clients: trained, weights, fresh });
  course.model = nextModel(model, made, scale);
  const { crew } = pool;
  if (crew && made.residual) course.changes = withChange(course.changes, made.residual, course.model.backbone, layout);
  load(course.model.backbone);
  const variant = { adapter: made.adapter, gates: allGates(layout) };
  // Without what the study remembers of answers: those are of its own backbone, and rules change the frozen weights under equal adapters.
  const { engine, objective } = context;
  const scores = await withEvaluator({ engine, objective }, layout, scale, context.test, (evaluator, set) =>
    scoreVariants(context, evaluator, set, context.test.labels, [variant]),
  );
  // DoRA has no aggregation error: the quantity to average is not Σ pₖBₖAₖ.
  const error = isLowRank(planned) ? [aggregationError({ layout, clients: trained, weights }, made)] : [];
  const moved = clientDrift({ layout, start, clients: trained, weights });
  // Numbers that are finite may be too large for what is made of them.
  const measured = [scores.loss[0], moved.drift, moved.movement, ...error.flat()];
  if (!measured.every(Number.isFinite) || !made.adapter.every(Number.isFinite)) return diverge();
  course.run = {
    ...run,
    accuracy: [...run.accuracy, scores.accuracy[0]],
    loss: [...run.loss, scores.loss[0]],
    correct: scores.correct[0],
    error: [...run.error, ...error],
    drift: [...run.drift, moved.drift],
    movement: [...run.movement, moved.movement],
    ...(crew && { attendance: attended(run.attendance, crew, settings.clients, outcome) }),
  };
  context.emit(found('federated', { partitions: [], runs: [course.run] }));
}

/** Whether a course was completed before seeds were added. */
const isKnown = (
  { known }: StudyContext,
  { rounds }: FederatedSettings,
  { planned, rule, seed }: PlannedCourse,
): boolean =>
  known?.federated?.runs.some(
    (other) =>
      other.arm === planned.arm.id && other.seed === seed && other.rule === rule && other.accuracy.length === rounds,
  ) ?? false;

/** Courses of a federation that still have to run. */
function coursesOf(
  context: StudyContext,
  settings: FederatedSettings,
  arms: readonly FederatedArm[],
  seed: number,
): PlannedCourse[] {
  const rules = [...new Set(settings.rules)];
  return arms
    .flatMap((planned) => rules.map((rule) => ({ planned, rule, seed })))
    .filter((course) => !isKnown(context, settings, course));
}

/** Says which arms clients do not train. */
function tellOthers({ config, emit }: StudyContext): void {
  const trained = clientArms(config.arms);
  const others = config.arms.filter((arm) => !trained.includes(arm)).map(({ name }) => name);
  if (others.length > 0)
    emit({ type: 'notice', message: ANALYSIS_NOTICES.notOfClients(listed(others), others.length) });
}

/** Advances every arm under every rule round by round, so a stopped federation is equally far everywhere. */
export async function runFederated(context: StudyContext): Promise<void> {
  const { config, model, task, emit, clock } = context;
  const settings = config.analyses.federated;
  if (!settings) return;
  const arms = federatedArms(context);
  tellOthers(context);
  withoutDora(context, arms, 'federated');
  const isDone = (seed: number): boolean =>
    context.begun?.federated?.partitions.some((partition) => partition.seed === seed) ?? false;
  const federations = config.seeds
    .slice(0, settings.seeds)
    .filter((seed) => !isDone(seed))
    .map((seed) => ({ seed, planned: coursesOf(context, settings, arms, seed) }))
    .filter(({ planned }) => planned.length > 0);
  const total = federations.reduce((sum, { planned }) => sum + planned.length, 0) * settings.rounds;
  const load = loader(context);
  const pool = openPool(context, settings);
  let rounds = 0;
  let reported = -Infinity;
  const report = (part: number, force: boolean): void => {
    if (!force && clock.seconds - reported < REPORT_SECONDS) return;
    reported = clock.seconds;
    reportPhase(context, 'federated', (rounds + part) / total);
  };
  try {
    for (const { seed, planned } of federations) {
      const federation = createFederation(settings, task, model, config.training, seed);
      const courses = planned.map((course) => beginCourse(context, settings, federation, course));
      emit(found('federated', { partitions: [federation.picture], runs: [] }));
      if (federation.picture.short)
        emit({
          type: 'notice',
          message: ANALYSIS_NOTICES.fewImages(seed, MIN_CLIENT_IMAGES),
        });
      for (let round = 0; round < settings.rounds; round++)
        for (const course of courses) {
          if (course.run.diverged === null)
            await advance(context, settings, { pool, federation }, course, round, load, (done, pausing) =>
              // The evaluation counts as half a step.
              report(done / (settings.localSteps + 0.5), pausing),
            );
          rounds++;
          report(0, true);
        }
      await context.keepUnit();
    }
  } finally {
    pool.end();
    load(model.backbone);
  }
}
