/**
 * One adapter per task, merged across tasks in every way and compared with each task's own adapter, the backbone and the ensemble of logits. λ is chosen on
 * validation images of all tasks. Every score is given twice: among the classes of the image's task, and among those of all tasks.
 */
import { denseMotifs } from '../../../core/clusters.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { ArmConfig, StudyConfig } from '../../config/config.ts';
import { reportPhase, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { patchifyImages } from '../../run/images.ts';
import {
  jointOf,
  testFrozen,
  testMerge,
  testRuns,
  VALIDATION_IMAGES_PER_TASK,
  type Joint,
  type MergeSettings,
} from './joint-scores.ts';
import { loadManyTasks } from './tasks.ts';
import { phaseShares } from '../merging/run.ts';
import { trainingWork } from '../../run/work.ts';
import type { MergeSizes } from '../merging/work.ts';
import { MERGES } from '../merging/merges.ts';
import { prepareObjective } from '../../run/objective.ts';
import { fittedTogether } from '../../run/memory.ts';
import { planPopulations } from '../../run/training/populations.ts';
import { USUAL_MERGING } from '../merging/settings.ts';
import type { MultitaskResult } from './result.ts';
import { seedWork } from './work.ts';
import { withReferences } from '../../run/training/taking.ts';
import { trainRuns } from '../../run/training/train.ts';
import { withoutDora } from '../without-dora.ts';
import { found } from '../../result/result-parts.ts';
import { ANALYSIS_NOTICES } from '../words.ts';
import { isOf } from '../../result/run-names.ts';

/** Number of images of all tasks together. @param limit per task */
const imagesOf = (tasks: readonly Task[], side: (task: Task) => LabelledImages, limit: number | null): number =>
  tasks.reduce((sum, task) => sum + Math.min(side(task).count, limit ?? Infinity), 0);

/** What is trained on every other task. */
interface Wanted {
  readonly arms: readonly ArmConfig[];
  readonly seeds: readonly number[];
}

/** Trains arms of the study with some of its seeds on another task, and what they are held equal with. Of its events, only progress is passed on. */
async function trainOn(
  context: StudyContext,
  { arms, seeds }: Wanted,
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

/** The runs of every task, in their order: `own` on the study's, and on each other one what is trained now. @param report with the place among the others */
async function runsOfTasks(
  context: StudyContext,
  own: readonly TrainedRun[],
  wanted: Wanted,
  tasks: readonly Task[],
  report: (place: number, share: number) => void,
): Promise<(readonly TrainedRun[])[]> {
  const others = tasks.filter((task) => task !== context.task);
  const found: (readonly TrainedRun[])[] = [];
  for (const task of tasks)
    found.push(
      task === context.task
        ? own
        : await trainOn(context, wanted, task, (share) => report(others.indexOf(task), share)),
    );
  return found;
}

const mergeSettings = ({ merging = USUAL_MERGING }: StudyConfig['analyses']): MergeSettings => ({
  scales: [...new Set(merging.scales)].sort((a, b) => a - b),
  density: merging.density,
});

const sizesOf = (
  { testImages }: StudyConfig['analyses'],
  { scales }: MergeSettings,
  tasks: readonly Task[],
  layout: AdapterLayout,
): MergeSizes => ({
  scales: scales.length,
  layout,
  runs: tasks.length,
  testImages: imagesOf(tasks, ({ test }) => test, testImages),
  validationImages: imagesOf(tasks, ({ validation }) => validation, VALIDATION_IMAGES_PER_TASK),
});

type Entry = MultitaskResult['runs'][number];

/** Tests the runs of one arm and seed on all tasks, then every way of merging them. @param tell is called with what is found so far, after every merge */
async function testMerges(
  joint: Joint,
  settings: MergeSettings,
  runs: readonly TrainedRun[],
  report: (place: number, share: number) => void,
  tell: (entry: Entry) => void,
): Promise<void> {
  const [{ arm, seed }] = runs;
  let entry: Entry = { arm: arm.id, seed, ...(await testRuns(joint, runs)), merges: [] };
  for (const [place, merge] of MERGES.entries()) {
    await joint.context.checkpoint();
    report(place, 0);
    entry = { ...entry, merges: [...entry.merges, await testMerge(joint, runs, merge, settings)] };
    tell(entry);
    report(place, 1);
  }
}

/** @param own runs of the study, trained on its own task */
export async function runMultitask(context: StudyContext, own: readonly TrainedRun[]): Promise<void> {
  const { config, model, task, emit } = context;
  const { multitask } = config.analyses;
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
  const seeds = [...new Set(missing.map(({ seed }) => seed))];
  const tasks = await loadManyTasks(multitask, task, context.loadTask);
  const settings = mergeSettings(config.analyses);
  const others = tasks.filter((other) => other !== task).length;
  const ofRun = seedWork(sizesOf(config.analyses, settings, tasks, runs[0].layout));
  const shareAt = phaseShares(context.clock, [
    ...Array.from({ length: others }, () => trainingWork(config, arms.length * seeds.length)),
    ...missing.flatMap(() => ofRun),
  ]);
  const report = (part: number, share: number): void => reportPhase(context, 'multitask', shareAt(part, share));
  const trained = await runsOfTasks(context, runs, { arms, seeds }, tasks, report);
  const joint = await jointOf(context, tasks);
  let result: MultitaskResult = {
    tasks: tasks.map(({ name, classes }, i) => ({
      name,
      classes: classes.length,
      test: joint.test.images[i],
      validation: joint.validation?.images[i] ?? 0,
    })),
    ...(joint.test.all.motifs && { motifs: denseMotifs(joint.test.all.motifs) }),
    zeroShot: await testFrozen(joint, runs[0]),
    runs: already?.runs.filter((entry) => !missing.some((run) => isOf(entry, run))) ?? [],
  };
  emit(found('multitask', result));
  for (const [index, { arm, seed }] of missing.entries()) {
    const ofTasks = trained.flatMap((list) => list.find((run) => run.arm.id === arm.id && run.seed === seed) ?? []);
    if (ofTasks.length < tasks.length) {
      emit({
        type: 'notice',
        message: ANALYSIS_NOTICES.taskDiverged(arm.name, seed),
      });
      continue;
    }
    const first = others + index * ofRun.length;
    const before = result.runs;
    await testMerges(
      joint,
      settings,
      ofTasks,
      (place, share) => report(first + 1 + place, share),
      (entry) => {
        result = { ...result, runs: [...before, entry] };
        emit(found('multitask', result));
      },
    );
  }
}
