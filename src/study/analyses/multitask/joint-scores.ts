/** Scores on the images of all tasks at once, from logits over the classes of all of them. */
import { meanLogits, taskScores, type ManyTasks, type TaskScores } from '../../../copra/task-scores.ts';
import { scaleUpdate } from '../../../copra/merge-adapters.ts';
import { mergeMethod } from '../../../copra/merging/methods.ts';
import { allGates } from '../../../core/adapter-layout.ts';
import { mean } from '../../../core/statistics.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { Objective, Variant } from '../../../engine/engine.ts';
import { packBits } from '../../../platform/bits.ts';
import { withEvaluator, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { patchifyImages, type Patchified } from '../../run/images.ts';
import { prepareObjective } from '../../run/objective.ts';
import type { Merge } from '../merging/merges.ts';
import { bestScale } from '../merging/chosen-scale.ts';
import { timedMerge } from '../merging/run.ts';
import { jointTask } from './tasks.ts';
import type { MultitaskResult } from './result.ts';

/** Most bytes of adapters, or logits, held at once. */
const PORTION_BYTES = 64 * 2 ** 20;
/** Validation images per task used to choose λ. */
export const VALIDATION_IMAGES_PER_TASK = 128;

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
      count,
      patches,
      labels: jointLabels,
      ...(count > 0 && motifs.length === count && { motifs: Int32Array.from(motifs) }),
    },
    images: sets.map((set) => set.count),
    classes,
    labels,
  };
}

/** State shared by all merges of a study. */
export interface Joint {
  readonly context: StudyContext;
  readonly objective: Objective;
  readonly test: JointImages;
  /** Null when a task has none. */
  readonly validation: JointImages | null;
}

export async function jointOf(context: StudyContext, tasks: readonly Task[]): Promise<Joint> {
  const { config, engine, model, kernels } = context;
  const validates = tasks.every(({ validation }) => validation.count > 0);
  return {
    context,
    objective: await prepareObjective(config, engine, model, jointTask(tasks), kernels.precision),
    test: jointImages(context, tasks, ({ test }) => test, config.analyses.testImages),
    validation: validates
      ? jointImages(context, tasks, ({ validation }) => validation, VALIDATION_IMAGES_PER_TASK)
      : null,
  };
}

/** Layout and scale of adapters. */
type Shape = Pick<TrainedRun, 'layout' | 'scale'>;

/** Passes the logits of every variant, [images, classes of all tasks], to `take` in order. Variants are created on demand. */
async function eachLogits(
  { context, objective }: Joint,
  { layout, scale }: Shape,
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

async function jointScoresOf(
  joint: Joint,
  shape: Shape,
  images: JointImages,
  variants: readonly (() => Variant)[],
): Promise<TaskScores[]> {
  const found: TaskScores[] = [];
  await eachLogits(joint, shape, images, variants, (logits) => found.push(taskScores(logits, images)));
  return found;
}

/** Tests the backbone without adapters. @param shape of any adapter */
export async function testFrozen(joint: Joint, shape: Shape): Promise<MultitaskResult['zeroShot']> {
  const { layout } = shape;
  const frozen = { adapter: new Float32Array(layout.size), gates: allGates(layout).fill(0) };
  const [found] = await jointScoresOf(joint, shape, joint.test, [() => frozen]);
  return packed(found);
}

/** Tests every task's own adapter on that task, and the mean of the logits of all adapters on every task. */
export async function testRuns(
  joint: Joint,
  runs: readonly TrainedRun[],
): Promise<Pick<MultitaskResult['runs'][number], 'single' | 'ensemble'>> {
  const [shape] = runs;
  const gates = allGates(shape.layout);
  const { test } = joint;
  const single = { own: [] as number[], joint: [] as number[], correct: new Uint8Array(test.labels.length) };
  const length = test.all.count * joint.objective.classes;
  const all = new Float32Array(runs.length * length);
  let run = 0;
  const variants = runs.map(({ adapter }) => () => ({ adapter, gates }));
  await eachLogits(joint, shape, test, variants, (logits) => {
    const { own, joint: among, correct } = taskScores(logits, test);
    single.own.push(own[run]);
    single.joint.push(among[run]);
    const first = test.images.slice(0, run).reduce((sum, count) => sum + count, 0);
    single.correct.set(correct.subarray(first, first + test.images[run]), first);
    all.set(logits, run * length);
    run++;
  });
  return { single: packed(single), ensemble: packed(taskScores(meanLogits(all, runs.length), test)) };
}

const packed = ({ own, joint, correct }: Omit<TaskScores, 'loss'>): MultitaskResult['zeroShot'] => ({
  own,
  joint,
  correct: packBits(correct),
});

export interface MergeSettings {
  /** Ascending. */
  readonly scales: readonly number[];
  readonly density: number;
}

/** Tests one way of merging at the λ with the best mean over tasks on validation images, among the classes of each task. */
export async function testMerge(
  joint: Joint,
  runs: readonly TrainedRun[],
  merge: Merge,
  { scales, density }: MergeSettings,
): Promise<MultitaskResult['runs'][number]['merges'][number]> {
  const { method, alignment } = merge;
  const merged = timedMerge(joint.context, runs, merge, density);
  const { layout } = merged;
  const gates = allGates(layout);
  const at = (factor: number) => () => ({ adapter: scaleUpdate(merged, factor).values, gates });
  let scale = 1;
  if (mergeMethod(method).scaled && joint.validation) {
    const found = await jointScoresOf(joint, merged, joint.validation, scales.map(at));
    scale = bestScale(scales, {
      accuracy: found.map(({ own }) => mean(own)),
      loss: found.map(({ loss }) => mean(loss)),
    });
  }
  const [tested] = await jointScoresOf(joint, merged, joint.test, [at(scale)]);
  return { method, alignment, scale, rank: layout.rank, ...packed(tested) };
}
