/** What populations reach: on validation images while they train, on test images at their end. */
import { allGates } from '../../../core/adapter-layout.ts';
import { adapterBaseOf } from '../../../model/peft/base.ts';
import { keepPredictions } from '../../predictions/keep.ts';
import type { Prediction } from '../../predictions/result.ts';
import { scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from '../context.ts';
import { glimpse } from './glimpse.ts';
import type { LivePopulation } from './live-population.ts';
import type { PlannedRun } from './populations.ts';
import { referenceArm, type TakenAdapter } from './taking.ts';
import { validationCount } from './validation.ts';

/** Validation is part of its step, so a single step shows its effect. Runs that were validated before the study went on are not again. */
async function validate(
  study: StudyContext,
  { plan, runs }: LivePopulation,
  adapters: readonly Float32Array[],
): Promise<void> {
  const { validation } = study;
  if (validation.count === 0 || runs.every((run) => run.isValidated)) return;
  const context = { ...study, checkpoint: study.breathe };
  const gates = allGates(plan.layout);
  await withEvaluator(context, plan.layout, plan.scale, validation, async (evaluator, set) => {
    const variants = adapters.map((adapter) => ({ adapter, gates }));
    const { accuracy, loss } = await scoreVariants(context, evaluator, set, validation.labels, variants);
    runs.forEach((run, i) => {
      const training = plan.trainingOf[i];
      run.addValidation(accuracy[training], loss[training]);
    });
  });
}

/** Validates all populations, and lets a reader look at them when it is time. @param step that was done */
export async function validatePopulations(
  context: StudyContext,
  populations: readonly LivePopulation[],
  seeds: readonly number[],
  step: number,
): Promise<void> {
  const { glimpses, emit, config } = context;
  const validations = validationCount(config.training, step);
  const looks = glimpses && validations % glimpses.every === 0 ? glimpses : null;
  const seen: Awaited<ReturnType<typeof glimpse>>[] = [];
  for (const population of populations) {
    const adapters = await population.trainer.adapters();
    await validate(context, population, adapters);
    if (looks) seen.push(await glimpse(context, looks, population, adapters, seeds));
  }
  const [answers, paths] = [seen.flatMap((one) => one.answers), seen.flatMap((one) => one.paths)];
  if (looks) emit({ type: 'glimpse', glimpse: { step, answers, paths, images: looks.images.count } });
}

/** [runs]: accuracies on validation images of the adapters that are taken; null where the run has it of its training, or there are no such images. */
async function validateTaken(
  context: StudyContext,
  { plan, runs }: LivePopulation,
  taken: readonly TakenAdapter[],
): Promise<readonly (number | null)[]> {
  const { validation } = context;
  const missing = taken.filter(({ step }, i) => !runs[i].hasDiverged && !runs[i].hasValidated(step));
  if (validation.count === 0 || missing.length === 0) return taken.map(() => null);
  const gates = allGates(plan.layout);
  const { accuracy } = await withEvaluator(context, plan.layout, plan.scale, validation, (evaluator, set) => {
    const variants = missing.map(({ adapter }) => ({ adapter, gates }));
    return scoreVariants(context, evaluator, set, validation.labels, variants);
  });
  return taken.map((one) => accuracy[missing.indexOf(one)] ?? null);
}

/** Takes the adapters of all runs and measures their test accuracy; diverged runs are left out. */
export async function testPopulations(
  context: StudyContext,
  populations: readonly LivePopulation[],
): Promise<TrainedRun[]> {
  const { test } = context;
  const trained: TrainedRun[] = [];
  const { backbone, config } = context.model;
  const base = adapterBaseOf(backbone, config, false);
  const doraBase = populations.some(({ plan }) => plan.layout.dora) ? adapterBaseOf(backbone, config, true) : base;
  /** Losses of the run that this one is held against; null if it has diverged. */
  const referenceOf = ({ arm, seed }: PlannedRun) => {
    const other = referenceArm(context.config.arms, arm);
    const reference = populations
      .flatMap(({ runs }) => runs)
      .find(({ planned }) => planned.arm.id === other?.id && planned.seed === seed);
    return reference && !reference.hasDiverged ? reference.curve : null;
  };
  for (const population of populations) {
    const { plan, trainer, runs, takings, snapshots: kept } = population;
    const last = await trainer.adapters();
    const { trainingOf } = plan;
    const taken = runs.map((run, i) => takings[i].take(last[trainingOf[i]], run.curve, referenceOf(run.planned)));
    const adapters = taken.map(({ adapter }) => adapter);
    const validations = await validateTaken(context, population, taken);
    const gates = allGates(plan.layout);
    await withEvaluator(context, plan.layout, plan.scale, test, async (evaluator, set) => {
      const variants = adapters.map((adapter) => ({ adapter, gates }));
      const { accuracy, loss, correct, answersOf } = await scoreVariants(
        context,
        evaluator,
        set,
        test.labels,
        variants,
      );
      const predictions: Prediction[] = [];
      runs.forEach((run, i) => {
        // No loss covers the last update, which may have diverged.
        if (!Number.isFinite(loss[i]) || !adapters[i].every(Number.isFinite)) run.diverge();
        if (run.hasDiverged) {
          run.finish(null);
          return;
        }
        const { step } = taken[i];
        run.finish({ accuracy: accuracy[i], loss: loss[i], correct: correct[i] }, step, validations[i]);
        const { arm, seed } = run.planned;
        predictions.push({ of: 'run', arm: arm.id, seeds: [seed], name: '', answers: answersOf(i) });
        const { layout, scale } = plan;
        const snapshots = kept
          .filter((snapshot) => step === null || snapshot.step < step)
          .map((snapshot) => ({ step: snapshot.step, adapter: snapshot.adapters[trainingOf[i]] }));
        trained.push({
          arm,
          seed,
          layout,
          scale,
          adapter: adapters[i],
          snapshots,
          ...(step !== null && { takenAt: step }),
        });
        const steps = step ?? context.config.training.steps;
        const gates = { steps, activeSteps: run.tape.activeSteps(step ?? undefined) };
        context.emit({
          type: 'adapter',
          adapter: {
            arm: arm.id,
            seed,
            layout,
            scale,
            values: Float32Array.from(adapters[i]),
            gates,
            base: layout.dora ? doraBase : base,
          },
        });
      });
      keepPredictions(context, predictions);
    });
  }
  return trained;
}
