/**
 * Merges all runs of an arm into one adapter in every way, and compares the merges with the runs and with the ensemble of their logits. λ is chosen on
 * validation images, never on test images.
 */
import { isLowRank } from '../../../copra/adapter-kinds.ts';
import { mergeAdapters, scaleUpdate } from '../../../copra/merge-adapters.ts';
import { mergeMethod } from '../../../copra/merging/methods.ts';
import type { ScaledAdapter } from '../../../copra/align.ts';
import { allGates } from '../../../core/adapter-layout.ts';
import { keepPredictions } from '../../predictions/keep.ts';
import {
  reportPhase,
  scoresOf,
  scoreVariants,
  withEvaluator,
  type Scores,
  type StudyContext,
  type TrainedRun,
} from '../../run/context.ts';
import type { Patchified } from '../../run/images.ts';
import type { Work } from '../../run/work.ts';
import { bestScale } from './chosen-scale.ts';
import { mergeWork, type MergeSizes, mergeSeconds } from './work.ts';
import { MERGES, type Merge } from './merges.ts';
import type { MergingResult } from './result.ts';
import { withoutDora } from '../without-dora.ts';
import { found } from '../../result/result-parts.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

/** Most bytes of scaled copies held at once: a dense ΔW of a wide backbone takes hundreds of megabytes. */
const PORTION_BYTES = 64 * 2 ** 20;

/** Runs of one layout and scale that are merged together. */
export interface RunGroup {
  /** Null when they belong to several arms. */
  readonly arm: string | null;
  readonly runs: readonly TrainedRun[];
}

/** Scores of the merged update at every λ. */
async function scoresAt(
  context: StudyContext,
  merged: ScaledAdapter,
  scales: readonly number[],
  images: Patchified,
): Promise<Scores & { readonly answers: readonly string[] }> {
  const { layout, scale } = merged;
  const portion = Math.max(1, Math.floor(PORTION_BYTES / (4 * layout.size)));
  const gates = allGates(layout);
  return withEvaluator(context, layout, scale, images, async (evaluator, set) => {
    const accuracy: number[] = [];
    const loss: number[] = [];
    const answers: string[] = [];
    for (let from = 0; from < scales.length; from += portion) {
      const variants = scales
        .slice(from, from + portion)
        .map((factor) => ({ adapter: scaleUpdate(merged, factor).values, gates }));
      const scores = await scoreVariants(context, evaluator, set, images.labels, variants);
      accuracy.push(...scores.accuracy);
      loss.push(...scores.loss);
      answers.push(...variants.map((_, variant) => scores.answersOf(variant)));
    }
    return { accuracy, loss, answers };
  });
}

/** Cross-entropy and accuracy of the mean of the logits. @param logits [runs, images, classes] */
export function ensembleScores(
  logits: Float32Array,
  runs: number,
  labels: Int32Array,
): { accuracy: number; loss: number } {
  const images = labels.length;
  const classes = logits.length / (runs * images);
  const mean = new Float64Array(classes);
  let correct = 0;
  let loss = 0;
  for (let image = 0; image < images; image++) {
    mean.fill(0);
    for (let run = 0; run < runs; run++) {
      const from = (run * images + image) * classes;
      for (let c = 0; c < classes; c++) mean[c] += logits[from + c] / runs;
    }
    const largest = Math.max(...mean);
    const sum = mean.reduce((total, value) => total + Math.exp(value - largest), 0);
    if (mean.indexOf(largest) === labels[image]) correct++;
    loss += largest + Math.log(sum) - mean[labels[image]];
  }
  return { accuracy: correct / images, loss: loss / images };
}

/** Tests the runs one by one, and the ensemble of their logits. */
async function testGroup(context: StudyContext, { arm, runs }: RunGroup): Promise<MergingResult> {
  const { test, signal, checkpoint } = context;
  const [{ layout, scale }] = runs;
  const gates = allGates(layout);
  return withEvaluator(context, layout, scale, test, async (evaluator, set) => {
    const variants = runs.map(({ adapter }) => ({ adapter, gates }));
    const { loss, predicted, logits } = await evaluator.evaluate(variants, set, {
      logits: true,
      signal,
      between: checkpoint,
    });
    const single = scoresOf(loss, predicted, test.labels);
    return {
      arm,
      runs: runs.map((run, i) => ({
        arm: run.arm.id,
        seed: run.seed,
        accuracy: single.accuracy[i],
        loss: single.loss[i],
      })),
      ensemble: logits && ensembleScores(logits, runs.length, test.labels),
      merges: [],
      sweep: null,
      validation: context.validation.count,
    };
  });
}

interface MergeSettings {
  readonly scales: readonly number[];
  readonly density: number;
}

const sizesOf = (
  { test, validation }: StudyContext,
  runs: readonly TrainedRun[],
  scales: readonly number[],
): MergeSizes => ({
  scales: scales.length,
  layout: runs[0].layout,
  runs: runs.length,
  testImages: test.count,
  validationImages: validation.count,
});

/** Merges, and reports the time taken to the clock. */
export function timedMerge(
  { clock }: Pick<StudyContext, 'clock'>,
  runs: readonly TrainedRun[],
  { method, alignment }: Merge,
  density: number,
): ScaledAdapter {
  const from = clock.seconds;
  const merged = mergeAdapters(
    runs.map(({ layout, scale, adapter }) => ({ layout, scale, values: adapter })),
    { method, alignment, density, weights: runs.map(() => 1 / runs.length), seed: runs[0].seed },
  );
  clock.tookAlgebra(mergeSeconds({ method, alignment }, runs[0].layout, runs.length), clock.seconds - from);
  return merged;
}

/**
 * The share of a phase done after each of its parts, which take unequal time.
 * @returns (part, share of it) → share of the phase
 */
export function phaseShares(
  clock: StudyContext['clock'],
  parts: readonly Work[],
): (part: number, share: number) => number {
  const costs = parts.map((part) => clock.cost(part));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return (part, share) => {
    const before = costs.slice(0, part).reduce((sum, cost) => sum + cost, 0);
    return total > 0 ? Math.min(1, (before + share * costs[part]) / total) : 1;
  };
}

/** Tests one way of merging at the λ that was best on validation images. */
async function testMerge(
  context: StudyContext,
  { arm, runs }: RunGroup,
  merge: Merge,
  { scales, density }: MergeSettings,
  onShare: (share: number) => void,
): Promise<Pick<MergingResult, 'sweep'> & { entry: MergingResult['merges'][number] }> {
  const { test, validation } = context;
  const { method, alignment } = merge;
  const merged = timedMerge(context, runs, merge, density);
  const { passes, algebra } = mergeWork(merge, sizesOf(context, runs, scales));
  const ofAlgebra = context.clock.cost({ passes: 0, algebra });
  onShare(ofAlgebra / Math.max(1e-9, ofAlgebra + context.clock.cost({ passes, algebra: 0 })));
  const chooses = mergeMethod(method).scaled && validation.count > 0;
  const scale = chooses ? bestScale(scales, await scoresAt(context, merged, scales, validation)) : 1;
  const tested = await scoresAt(context, merged, [scale], test);
  const name = alignment === 'none' ? method : `${method} ${alignment}`;
  keepPredictions(context, [{ of: 'merge', arm, seeds: [], name, answers: tested.answers[0] }]);
  const curve = method === 'task-arithmetic' ? await scoresAt(context, merged, scales, test) : null;
  const sweep = curve && { scales: [...scales], accuracy: curve.accuracy, loss: curve.loss };
  return {
    entry: { method, alignment, scale, rank: merged.layout.rank, accuracy: tested.accuracy[0], loss: tested.loss[0] },
    sweep,
  };
}

/** Skips groups of fewer than two runs. */
export async function runMerging(context: StudyContext, groups: readonly RunGroup[]): Promise<void> {
  const { merging } = context.config.analyses;
  if (!merging) return;
  const scales = [...new Set(merging.scales)].sort((a, b) => a - b);
  const several = groups.filter(({ runs }) => runs.length > 1);
  withoutDora(
    context,
    several.flatMap(({ runs }) => runs),
    'merging',
  );
  const merged = several.filter(({ runs }) => runs.every(isLowRank));
  if (several.length === 0) context.emit({ type: 'notice', message: ANALYSIS_NOTICES.nothingToMerge });
  const parts = merged.flatMap(({ runs }) => [
    { passes: runs.length * context.test.count, algebra: 0 },
    ...MERGES.map((merge) => mergeWork(merge, sizesOf(context, runs, scales))),
  ]);
  const shareAt = phaseShares(context.clock, parts);
  for (const [index, group] of merged.entries()) {
    const first = index * (MERGES.length + 1);
    await context.checkpoint();
    let result = await testGroup(context, group);
    context.emit(found('merging', [result]));
    for (const [done, merge] of MERGES.entries()) {
      await context.checkpoint();
      const report = (share: number): void => reportPhase(context, 'merging', shareAt(first + 1 + done, share));
      report(0);
      const { entry, sweep } = await testMerge(context, group, merge, { scales, density: merging.density }, report);
      result = { ...result, merges: [...result.merges, entry], sweep: sweep ?? result.sweep };
      context.emit(found('merging', [result]));
      report(1);
    }
  }
}
