/**
 * Federated training: trains the study's arms again on clients that never share their images. Every arm runs under every rule with the same clients, batches
 * and gates.
 */
import type { AggregationError } from '../../../copra/federated/aggregation-error.ts';
import { MIN_CLIENT_IMAGES } from '../../../copra/federated/partition.ts';
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { allGates } from '../../../core/adapter-layout.ts';
import { listed } from '../../../core/listed.ts';
import type { Backbone } from '../../../model/backbone.ts';
import { reportPhase, scoreVariants, withEvaluator, type StudyContext } from '../../run/context.ts';
import type { AnalysisContext } from '../analysis.ts';
import { withoutDora } from '../without-dora.ts';
import { federatedArms } from './arms.ts';
import { attended } from './attendance.ts';
import { createFederation, type Federation } from './clients.ts';
import { aggregate, beginCourse, plannedCourses, roundOf, type Course } from './course.ts';
import { withChange } from './frozen-changes.ts';
import { neededPart, nextModel } from './global-model.ts';
import { openPool, type Pool } from './pool.ts';
import type { FederatedRun } from './result.ts';
import { clientArms, type FederatedSettings } from './settings.ts';
import { found } from '../../result/result-parts.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

const REPORT_SECONDS = 0.25;

/** Loads frozen weights onto the device unless they are already there. */
function loader({ engine, objective, model }: StudyContext): (backbone: Backbone) => void {
  let loaded = model.backbone;
  return (backbone) => {
    if (backbone === loaded) return;
    engine.load(neededPart(backbone, objective));
    loaded = backbone;
  };
}

/** The run of a course ends: an adapter, or what is made of them, is no finite number. */
function diverge({ emit }: StudyContext, course: Course, round: number): void {
  const { planned, rule, seed } = course;
  const { name, learningRate } = planned.arm;
  course.run = { ...course.run, diverged: round + 1 };
  emit(found('federated', { partitions: [], runs: [course.run] }));
  const message = ANALYSIS_NOTICES.clientDiverged(name, seed, round + 1, federatedRuleName(rule), learningRate);
  emit({ type: 'notice', message });
}

/** The errors of a course, with those of its next round. */
const withError = ({ error, norms }: FederatedRun, { shares, update, missed }: AggregationError) => ({
  error: [...error, [...shares]],
  ...(norms && { norms: { update: [...norms.update, update], error: [...norms.error, missed] } }),
});

/** Of the global model on the test images. Its frozen weights are on the engine. */
function scoresOf(context: StudyContext, { planned: { layout, scale }, model: { adapter } }: Course) {
  // Without what the study remembers of answers: those are of its own backbone, and rules change the frozen weights under equal adapters.
  const { engine, objective, test } = context;
  return withEvaluator({ engine, objective }, layout, scale, test, (evaluator, set) =>
    scoreVariants(context, evaluator, set, test.labels, [{ adapter, gates: allGates(layout) }]),
  );
}

/** One round of a course. @param load loads frozen weights onto the engine */
async function advance(
  context: StudyContext,
  settings: FederatedSettings,
  { pool, federation }: { readonly pool: Pool; readonly federation: Federation },
  course: Course,
  round: number,
  load: (backbone: Backbone) => void,
  onStep: (done: number, pausing: boolean) => void,
): Promise<void> {
  const { crew } = pool;
  const { layout, scale } = course.planned;
  load(course.model.backbone);
  const outcome = await pool.train(roundOf(settings, federation, course, round), onStep);
  const aggregation = aggregate(course, round, outcome.answers);
  if (!aggregation) return diverge(context, course, round);
  const { made, error, drift, movement } = aggregation;
  course.model = nextModel(course.model, made, scale);
  if (crew && made.residual) course.changes = withChange(course.changes, made.residual, course.model.backbone, layout);
  load(course.model.backbone);
  const { accuracy, loss, correct } = await scoresOf(context, course);
  const figures = [loss[0], drift, movement, ...(error ? [error.update, error.missed, ...error.shares] : [])];
  if (!figures.every(Number.isFinite) || !made.adapter.every(Number.isFinite)) return diverge(context, course, round);
  const { run } = course;
  course.run = {
    ...run,
    accuracy: [...run.accuracy, accuracy[0]],
    loss: [...run.loss, loss[0]],
    correct: correct[0],
    ...(error && withError(run, error)),
    drift: [...run.drift, drift],
    movement: [...run.movement, movement],
    ...(crew && { attendance: attended(run.attendance, crew, settings.clients, outcome) }),
  };
  context.emit(found('federated', { partitions: [], runs: [course.run] }));
}

/** Says which arms clients do not train. */
function tellOthers({ config, emit }: StudyContext): void {
  const trained = clientArms(config.arms);
  const others = config.arms.filter((arm) => !trained.includes(arm)).map(({ name }) => name);
  if (others.length > 0)
    emit({ type: 'notice', message: ANALYSIS_NOTICES.notOfClients(listed(others), others.length) });
}

/** Advances every arm under every rule round by round, so a stopped federation is equally far everywhere. */
export async function runFederated(context: AnalysisContext): Promise<void> {
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
    .map((seed) => ({ seed, planned: plannedCourses(context, settings, arms, seed) }))
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
