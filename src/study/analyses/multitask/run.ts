/**
 * One adapter per task, merged across tasks in every way and compared with each task's own adapter, the backbone and the ensemble of logits. λ is chosen on
 * validation images of all tasks. Every score is given twice: among the classes of the image's task, and among those of all tasks.
 */
import { meanLogits, taskAccuracies, type ManyTasks, type TaskAccuracies } from '../../../copra/many-tasks.ts';
import { scaleUpdate } from '../../../copra/merge-adapters.ts';
import { mergeMethod } from '../../../copra/merging/methods.ts';
import { denseMotifs } from '../../../core/clusters.ts';
import { allGates, type AdapterLayout } from '../../../core/adapter-layout.ts';
import { packBits } from '../../../platform/bits.ts';
import { mean } from '../../../core/statistics.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { Objective, Variant } from '../../../engine/engine.ts';
import type { ArmConfig } from '../../config/config.ts';
import { isOf, reportPhase, withEvaluator, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { patchifyImages, type Patchified } from '../../run/images.ts';
import { jointTask, loadManyTasks } from './many-tasks.ts';
import { phaseShares, timedMerge } from '../merging/run.ts';
import { trainingWork } from '../../run/work.ts';
import type { MergeSizes } from '../merging/work.ts';
import { MERGES, type Merge } from '../merging/merges.ts';
import { prepareObjective } from '../../run/objective.ts';
import { fittedTogether } from '../../run/memory.ts';
import { planPopulations } from '../../run/populations.ts';
import { USUAL_MERGING } from '../merging/settings.ts';
import type { MultitaskResult } from './result.ts';
import { seedWork } from './work.ts';
import { withReferences } from '../../run/taking.ts';
import { trainRuns } from '../../run/train.ts';
import { withoutDora } from '../without-dora.ts';
import { found } from '../../result/result-parts.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

/** Most bytes of adapters, or logits, held at once. */
const PORTION_BYTES = 64 * 2 ** 20;
/** Validation images per task used to choose λ. */
const VALIDATION_IMAGES = 128;

/** Images of all tasks, one task after the other. */
interface JointImages extends ManyTasks {
  readonly all: Patchified;
}

function jointImages(
  { model }: StudyContext,
  tasks: readonly Task[],
  side: (task: Task) => LabelledImages,
  limit: number | null,
): JointImages {
  const sets = tasks.map((task) => patchifyImages(side(task), model, limit));
  const classes = tasks.map((task) => task.classes.length);
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const patches = new Float32Array(sets.reduce((sum, set) => sum + set.patches.length, 0));
  const labels = new Int32Array(count);
  const jointLabels = new Int32Array(count);
  let image = 0;
  let value = 0;
  let first = 0;
  sets.forEach((set, task) => {
    patches.set(set.patches, value);
    labels.set(set.labels, image);
    jointLabels.set(
      set.labels.map((label) => first + label),
      image,
    );
    image += set.count;
    value += set.patches.length;
    first += classes[task];
  });
  const motifs = sets.flatMap((set) => [...(set.motifs ?? [])]);
  return {
    all: {
      ...{ count, patches, labels: jointLabels },
      ...(count > 0 && motifs.length === count && { motifs: Int32Array.from(motifs) }),
    },
    images: sets.map((set) => set.count),
    classes,
    labels,
  };
}

/** Number of images of all tasks together. @param limit per task */
const imagesOf = (tasks: readonly Task[], side: (task: Task) => LabelledImages, limit: number | null): number =>
  tasks.reduce((sum, task) => sum + Math.min(side(task).count, limit ?? Infinity), 0);

/** Trains arms of the study with some of its seeds on another task, and what they are held equal with. Of its events, only progress is passed on. */
async function trainOn(
  context: StudyContext,
  { arms, seeds }: { readonly arms: readonly ArmConfig[]; readonly seeds: readonly number[] },
  task: Task,
  onShare: (share: number) => void,
): Promise<TrainedRun[]> {
  const { engine, model, clock, emit, kernels } = context;
  const config = { ...context.config, arms: withReferences(context.config.arms, arms), seeds: [...seeds] };
  const objective = await prepareObjective(config, engine, model, task, kernels.precision);
  const plans = planPopulations(config, model, task);
  const room = { chosenBytes: context.memoryBytes, task };
  const trained = await trainRuns(
    {
      ...context,
      config,
      task,
      objective,
      test: patchifyImages(task.test, model, config.analyses.testImages),
      validation: patchifyImages(task.validation, model, 0),
      glimpses: null,
      resume: null,
      keeper: null,
      clock: {
        advance: (phase, share) => phase === 'train' && onShare(share),
        rate: () => null,
        cost: (work) => clock.cost(work),
        tookAlgebra: (assumed, seconds) => clock.tookAlgebra(assumed, seconds),
        get seconds() {
          return clock.seconds;
        },
        get remainingSeconds() {
          return clock.remainingSeconds;
        },
      },
      emit: (event) => {
        if (event.type === 'notice') emit(event);
      },
    },
    plans,
    fittedTogether(engine, objective, plans, config.training.batchSize, room),
    [],
  );
  return trained.filter((run) => arms.some(({ id }) => id === run.arm.id));
}

/** State shared by all merges of a study. */
interface Joint {
  readonly context: StudyContext;
  readonly objective: Objective;
  readonly test: JointImages;
  /** Null when a task has none. */
  readonly validation: JointImages | null;
}

/** Passes the logits of every variant, [images, classes of all tasks], to `take` in order. Variants are created on demand. */
async function eachLogits(
  { context, objective }: Joint,
  layout: AdapterLayout,
  scale: number,
  images: JointImages,
  variants: readonly (() => Variant)[],
  take: (logits: Float32Array) => void,
): Promise<void> {
  const { engine, signal, checkpoint } = context;
  const length = images.all.count * objective.classes;
  const portion = Math.max(1, Math.floor(PORTION_BYTES / (4 * Math.max(layout.size, length))));
  await withEvaluator({ engine, objective }, layout, scale, images.all, async (evaluator, set) => {
    for (let from = 0; from < variants.length; from += portion) {
      const part = variants.slice(from, from + portion).map((make) => make());
      const { logits } = await evaluator.evaluate(part, set, { logits: true, signal, between: checkpoint });
      if (!logits) throw new Error('The device returned no logits.');
      part.forEach((_, i) => take(logits.subarray(i * length, (i + 1) * length)));
    }
  });
}

async function accuraciesOf(
  joint: Joint,
  layout: AdapterLayout,
  scale: number,
  images: JointImages,
  variants: readonly (() => Variant)[],
): Promise<TaskAccuracies[]> {
  const found: TaskAccuracies[] = [];
  await eachLogits(joint, layout, scale, images, variants, (logits) => found.push(taskAccuracies(logits, images)));
  return found;
}

/** Tests every task's own adapter on that task, and the mean of the logits of all adapters on every task. */
async function testRuns(
  joint: Joint,
  runs: readonly TrainedRun[],
): Promise<Pick<MultitaskResult['runs'][number], 'single' | 'ensemble'>> {
  const [{ layout, scale }] = runs;
  const gates = allGates(layout);
  const { test } = joint;
  const single: TaskAccuracies = { own: [], joint: [], correct: new Uint8Array(test.labels.length) };
  const length = test.all.count * joint.objective.classes;
  const all = new Float32Array(runs.length * length);
  let run = 0;
  const variants = runs.map(({ adapter }) => () => ({ adapter, gates }));
  await eachLogits(joint, layout, scale, test, variants, (logits) => {
    const { own, joint: among, correct } = taskAccuracies(logits, test);
    single.own.push(own[run]);
    single.joint.push(among[run]);
    const first = test.images.slice(0, run).reduce((sum, count) => sum + count, 0);
    single.correct.set(correct.subarray(first, first + test.images[run]), first);
    all.set(logits, run * length);
    run++;
  });
  return { single: packed(single), ensemble: packed(taskAccuracies(meanLogits(all, runs.length), test)) };
}

const packed = ({ own, joint, correct }: TaskAccuracies): MultitaskResult['zeroShot'] => ({
  own,
  joint,
  correct: packBits(correct),
});

/** Tests one way of merging at the λ with the best mean over tasks on validation images. */
async function testMerge(
  joint: Joint,
  runs: readonly TrainedRun[],
  merge: Merge,
  { scales, density }: { readonly scales: readonly number[]; readonly density: number },
): Promise<MultitaskResult['runs'][number]['merges'][number]> {
  const { method, alignment } = merge;
  const merged = timedMerge(joint.context, runs, merge, density);
  const { layout } = merged;
  const gates = allGates(layout);
  const at = (factor: number) => () => ({ adapter: scaleUpdate(merged, factor).values, gates });
  let scale = 1;
  if (mergeMethod(method).scaled && joint.validation) {
    const found = await accuraciesOf(joint, layout, merged.scale, joint.validation, scales.map(at));
    const means = found.map(({ own }) => mean(own));
    scale = scales[means.indexOf(Math.max(...means))];
  }
  const [accuracies] = await accuraciesOf(joint, layout, merged.scale, joint.test, [at(scale)]);
  return { method, alignment, scale, rank: layout.rank, ...packed(accuracies) };
}

/** @param own runs of the study, trained on its own task */
export async function runMultitask(context: StudyContext, own: readonly TrainedRun[]): Promise<void> {
  const { config, engine, model, task, emit } = context;
  const { multitask, merging, testImages } = config.analyses;
  if (!multitask) return;
  if (model.backbone.kind !== 'clip') {
    emit({
      type: 'notice',
      message: ANALYSIS_NOTICES.tasksNeedNames,
    });
    return;
  }
  const runs = withoutDora(context, own, 'multitask');
  const already = context.known?.multitask ?? null;
  const missing = runs.filter(
    (run) => !already?.runs.some((entry) => isOf(entry, run) && entry.merges.length === MERGES.length),
  );
  if (missing.length === 0) return;
  const arms = config.arms.filter(({ id }) => missing.some(({ arm }) => arm.id === id));
  const tasks = await loadManyTasks(multitask, task, context.loadTask);
  const seeds = [...new Set(missing.map(({ seed }) => seed))];
  const report = (share: number): void => reportPhase(context, 'multitask', share);
  const settings = {
    scales: [...new Set((merging ?? USUAL_MERGING).scales)].sort((a, b) => a - b),
    density: (merging ?? USUAL_MERGING).density,
  };
  const others = tasks.filter((other) => other !== task).length;
  const sizes: MergeSizes = {
    scales: settings.scales.length,
    layout: runs[0].layout,
    runs: tasks.length,
    testImages: imagesOf(tasks, ({ test }) => test, testImages),
    validationImages: imagesOf(tasks, ({ validation }) => validation, VALIDATION_IMAGES),
  };
  const ofRun = seedWork(sizes);
  const shareAt = phaseShares(context.clock, [
    ...Array.from({ length: others }, () => trainingWork(config, arms.length * seeds.length)),
    ...missing.flatMap(() => ofRun),
  ]);
  const trained: (readonly TrainedRun[])[] = [];
  let ready = 0;
  for (const other of tasks) {
    if (other === task) {
      trained.push(runs);
      continue;
    }
    const position = ready;
    trained.push(await trainOn(context, { arms, seeds }, other, (share) => report(shareAt(position, share))));
    ready++;
  }
  const validates = tasks.every(({ validation }) => validation.count > 0);
  const joint: Joint = {
    context,
    objective: await prepareObjective(config, engine, model, jointTask(tasks), context.kernels.precision),
    test: jointImages(context, tasks, ({ test }) => test, testImages),
    validation: validates ? jointImages(context, tasks, ({ validation }) => validation, VALIDATION_IMAGES) : null,
  };
  const frozen = (layout: AdapterLayout) => () => ({
    adapter: new Float32Array(layout.size),
    gates: allGates(layout).fill(0),
  });
  const [{ layout, scale }] = runs;
  const [zeroShot] = await accuraciesOf(joint, layout, scale, joint.test, [frozen(layout)]);
  let result: MultitaskResult = {
    tasks: tasks.map(({ name, classes }, i) => ({
      name,
      classes: classes.length,
      test: joint.test.images[i],
      validation: joint.validation?.images[i] ?? 0,
    })),
    ...(joint.test.all.motifs && { motifs: denseMotifs(joint.test.all.motifs) }),
    zeroShot: packed(zeroShot),
    runs: already?.runs.filter((entry) => !missing.some((run) => isOf(entry, run))) ?? [],
  };
  emit(found('multitask', result));
  for (const [index, { arm, seed }] of missing.entries()) {
    const first = others + index * ofRun.length;
    const done = result.runs;
    const ofTasks = trained.flatMap((list) => list.find((run) => run.arm.id === arm.id && run.seed === seed) ?? []);
    if (ofTasks.length < tasks.length) {
      emit({
        type: 'notice',
        message: ANALYSIS_NOTICES.taskDiverged(arm.name, seed),
      });
      continue;
    }
    let entry: MultitaskResult['runs'][number] = {
      arm: arm.id,
      seed,
      ...(await testRuns(joint, ofTasks)),
      merges: [],
    };
    for (const [place, merge] of MERGES.entries()) {
      await context.checkpoint();
      report(shareAt(first + 1 + place, 0));
      entry = { ...entry, merges: [...entry.merges, await testMerge(joint, ofTasks, merge, settings)] };
      result = { ...result, runs: [...done, entry] };
      emit(found('multitask', result));
      report(shareAt(first + 1 + place, 1));
    }
  }
}
