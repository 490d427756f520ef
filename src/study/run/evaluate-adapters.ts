/**
 * A study of existing adapters, trained here or elsewhere. Nothing is trained; everything else is measured as after training. Every adapter is an arm of its
 * own with one run. The landscape is measured between every two of them.
 */
import { areOfOneKind, isLowRank } from '../../copra/adapter-kinds.ts';
import { pairCount, pairsOf } from '../../core/pairs.ts';
import { alignAdapters } from '../../copra/align.ts';
import { allGates } from '../../core/adapter-layout.ts';
import type { RunPair } from './run-pairs.ts';
import type { RunGroup } from '../analyses/merging/run.ts';
import { scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from './context.ts';
import { keepPredictions } from '../predictions/keep.ts';
import type { StudyEvent } from '../result/events.ts';
import { MAX_EVALUATED, type GivenAdapter } from '../config/evaluation-config.ts';
import { withFittedHead } from './fitted-head.ts';
import { studyOf } from './run-study.ts';
import type { StudyInputs } from './study-inputs.ts';
import { found } from '../result/result-parts.ts';
import { STUDY_NOTICES } from './words.ts';

/** Both runs of every pair in one layout and scale. A LoRA and a DoRA adapter have none in common, so they form no pair. */
function alignedPairs(runs: readonly TrainedRun[]): RunPair[][] {
  return pairsOf(runs)
    .filter(([first, second]) => areOfOneKind([first.layout, second.layout]))
    .map(([first, second]): RunPair[] => {
      const { layout, scale, values } = alignAdapters([
        { ...first, values: first.adapter },
        { ...second, values: second.adapter },
      ]);
      return [
        [
          { ...first, layout, scale, adapter: values[0] },
          { ...second, layout, scale, adapter: values[1] },
        ],
      ];
    });
}

/** If some runs are DoRA adapters: the other runs if there are several, else the DoRA adapters. */
function oneKind(runs: readonly TrainedRun[]): readonly TrainedRun[] {
  const [lowRank, others] = [runs.filter(isLowRank), runs.filter((run) => !isLowRank(run))];
  return lowRank.length > 1 || others.length === 0 ? lowRank : others;
}

/** Runs of one kind in one layout and scale. */
function alignedGroup(all: readonly TrainedRun[]): RunGroup[] {
  const runs = oneKind(all);
  const { layout, scale, values } = alignAdapters(runs.map((run) => ({ ...run, values: run.adapter })));
  return [{ arm: null, runs: runs.map((run, i) => ({ ...run, layout, scale, adapter: values[i] })) }];
}

/** Measures the test accuracy of every run. */
async function testRuns(context: StudyContext, runs: readonly TrainedRun[]): Promise<void> {
  const { test, emit, checkpoint, clock } = context;
  for (const [index, run] of runs.entries()) {
    await checkpoint();
    const scores = await withEvaluator(context, run.layout, run.scale, test, (evaluator, set) =>
      scoreVariants(context, evaluator, set, test.labels, [{ adapter: run.adapter, gates: allGates(run.layout) }]),
    );
    clock.advance('test', (index + 1) / runs.length);
    const measured = {
      arm: run.arm.id,
      seed: run.seed,
      lossSteps: [],
      losses: [],
      validation: [],
      gates: null,
      steps: 0,
      test: { accuracy: scores.accuracy[0], loss: scores.loss[0], correct: scores.correct[0] },
    };
    emit(found('runs', [measured]));
    const { arm, seed } = measured;
    keepPredictions(context, [{ of: 'run', arm, seeds: [seed], name: '', answers: scores.answersOf(0) }]);
  }
}

/** As they are evaluated on the task. @throws RangeError naming an adapter that cannot be. */
function fittingAdapters({ task, model }: StudyInputs, adapters: readonly GivenAdapter[]): readonly GivenAdapter[] {
  if (adapters.length === 0 || adapters.length > MAX_EVALUATED)
    throw new RangeError(STUDY_NOTICES.chooseAdapters(MAX_EVALUATED, adapters.length));
  return model.backbone.kind === 'clip' ? adapters : adapters.map((adapter) => withFittedHead(adapter, task));
}

/**
 * @param inputs config as evaluationConfig makes it
 * @throws Error from the generator when an adapter does not fit backbone or task.
 */
export function evaluateAdapters(
  inputs: StudyInputs,
  adapters: readonly GivenAdapter[],
): AsyncGenerator<StudyEvent, void> {
  const { arms, seeds } = inputs.config;
  return studyOf(inputs, () => {
    const fitting = fittingAdapters(inputs, adapters);
    const runs = fitting.map(({ layout, scale, values }, i): TrainedRun => ({
      arm: arms[i],
      seed: seeds[i],
      layout,
      scale,
      adapter: values,
    }));
    const count = runs.length;
    return {
      kinds: runs,
      work: {
        trained: 0,
        runs: count,
        pairs: pairCount(count),
        analysed: count,
        groups: count > 1 ? 1 : 0,
        groupRuns: count,
        federatedSeeds: 0,
      },
      fit: () => [],
      steps: () => [], // nothing is trained
      runs: async (context) => {
        for (const { name, layout, classes } of fitting)
          if (layout.head && classes.length === 0)
            context.emit({ type: 'notice', message: STUDY_NOTICES.unknownClasses(name) });
        await testRuns(context, runs);
        if (!areOfOneKind(runs.map(({ layout }) => layout)))
          context.emit({
            type: 'notice',
            message: STUDY_NOTICES.mixedKinds(isLowRank(oneKind(runs)[0]) ? 'LoRA' : 'DoRA'),
          });
        return runs;
      },
      pairs: alignedPairs,
      groups: alignedGroup,
    };
  });
}
