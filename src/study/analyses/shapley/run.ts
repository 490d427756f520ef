/**
 * Shapley values of the layers, or of their projections, of every analysed run. Images are processed in portions, so the bars appear early and their error bars
 * shrink as the study runs.
 */
import { analyseShapley, type ShapleyAnalysis } from '../../../copra/shapley/analysis.ts';
import { maskOfGates } from '../../../copra/shapley/coalitions.ts';
import type { ShapleyPlan } from '../../../copra/shapley/plan.ts';
import type { CoalitionValues } from './coalition-values.ts';
import { isOf, reportPhase, scoresOf, withEvaluator, type StudyContext, type TrainedRun } from '../../run/context.ts';
import type { Patchified } from '../../run/images.ts';
import { packInfluence } from '../../result/measures/credit.ts';
import type { ShapleyResult } from './result.ts';
import { evolutionSteps } from '../../run/snapshots.ts';
import { shapleyPlan } from './plan.ts';
import { playersOf, type ShapleyPlayers } from './players.ts';
import { found } from '../../result/result-parts.ts';

const PORTION = 32;

/** Images [from, to) of a set. */
function portionOf({ patches, labels, count }: Patchified, from: number, to: number): Patchified {
  const perImage = patches.length / count;
  return {
    count: to - from,
    patches: patches.subarray(from * perImage, to * perImage),
    labels: labels.slice(from, to),
  };
}

/** Widens a matrix [rows, oldColumns] by further columns [rows, newColumns]. */
function appendColumns<A extends Float32Array | Int32Array>(
  left: A,
  right: A,
  rows: number,
  create: (length: number) => A,
): A {
  const oldColumns = left.length / rows;
  const newColumns = right.length / rows;
  const out = create(left.length + right.length);
  for (let row = 0; row < rows; row++) {
    out.set(left.subarray(row * oldColumns, (row + 1) * oldColumns), row * (oldColumns + newColumns));
    out.set(right.subarray(row * newColumns, (row + 1) * newColumns), row * (oldColumns + newColumns) + oldColumns);
  }
  return out;
}

/** Analysed adapters of a run: the trained one first, so that its bars appear first, then those of earlier steps. */
function adaptersOf({ config }: StudyContext, { adapter, snapshots = [] }: TrainedRun) {
  const steps = evolutionSteps(config);
  return [{ step: null, adapter }, ...snapshots.filter(({ step }) => steps.includes(step))];
}

export async function runShapley(
  context: StudyContext,
  runs: readonly TrainedRun[],
): Promise<Map<TrainedRun, ShapleyResult>> {
  const { config, emit } = context;
  const settings = config.analyses.shapley;
  const analysed = config.arms.flatMap((arm) =>
    runs
      .filter((run) => run.arm.id === arm.id)
      .slice(0, settings.seedsPerArm)
      .filter((run) => !context.known?.shapley.some((entry) => isOf(entry, run))),
  );
  const results = new Map<TrainedRun, ShapleyResult>();
  for (const [done, run] of analysed.entries()) {
    const { players, gatesOf } = playersOf(run.layout, settings);
    const plan = shapleyPlan(settings, players.length, run.seed);
    const keep = (result: ShapleyResult): void => {
      results.set(run, result);
      emit(found('shapley', [result]));
    };
    const adapters = adaptersOf(context, run);
    for (const [index, { step, adapter }] of adapters.entries()) {
      const onShare = (share: number) =>
        reportPhase(context, 'shapley', (done + (index + share) / adapters.length) / analysed.length);
      const evaluated = evaluateCoalitions(context, { ...run, adapter }, plan, gatesOf, onShare);
      for await (const { loss, predicted, labels } of evaluated) {
        const analysis = analyseShapley(plan, players, loss, predicted, labels);
        if (step === null) keep(finalResult(run, players, plan, analysis));
        else keep(withStage(results.get(run), step, analysis));
        const complete = labels.length === imagesOf(context);
        if (complete && step === null && plan.estimator === 'exact' && settings.players !== 'module')
          emit({ type: 'coalitions', coalitions: coalitionValues(run, plan, loss, predicted, labels) });
      }
    }
  }
  return results;
}

const imagesOf = ({ config, test }: StudyContext): number => Math.min(config.analyses.shapley.images, test.count);

function finalResult(
  { arm, seed }: TrainedRun,
  players: ShapleyPlayers['players'],
  plan: ShapleyPlan,
  analysis: ShapleyAnalysis,
): ShapleyResult {
  const { accuracy, accuracyError, loss, lossError, coalitionError } = analysis;
  return {
    arm: arm.id,
    seed,
    players: [...players],
    estimator: plan.estimator,
    accuracy,
    accuracyError,
    loss,
    lossError,
    ...(coalitionError ? { coalitionError } : {}),
    residual: analysis.residual,
    images: analysis.images,
    coalitions: analysis.coalitions,
    topThirdShare: analysis.topThirdShare,
    ...(analysis.topThirdInfluence && { topThirdInfluence: packInfluence(analysis.topThirdInfluence) }),
  };
}

/** Replaces the values of this step; steps stay in order. */
function withStage(result: ShapleyResult | undefined, step: number, analysis: ShapleyAnalysis): ShapleyResult {
  if (!result) throw new Error('The trained adapter is analysed before its earlier steps.');
  const { accuracy, accuracyError, loss, lossError, topThirdShare } = analysis;
  const others = (result.evolution ?? []).filter((stage) => stage.step !== step);
  const evolution = [...others, { step, accuracy, accuracyError, loss, lossError, topThirdShare }];
  return { ...result, evolution: evolution.sort((a, b) => a.step - b.step) };
}

function coalitionValues(
  { arm, seed, layout }: TrainedRun,
  plan: ShapleyPlan,
  loss: Float32Array,
  predicted: Int32Array,
  labels: Int32Array,
): CoalitionValues {
  const scores = scoresOf(loss, predicted, labels);
  const byMask = (values: readonly number[]): Float32Array => {
    const out = new Float32Array(values.length);
    plan.coalitions.forEach((gates, c) => (out[maskOfGates(gates)] = values[c]));
    return out;
  };
  return {
    arm: arm.id,
    seed,
    players: [...layout.players],
    images: labels.length,
    accuracy: byMask(scores.accuracy),
    loss: byMask(scores.loss),
  };
}

/** Evaluates all coalitions of a plan on more and more images: [coalitions, images so far]. */
async function* evaluateCoalitions(
  context: StudyContext,
  run: Pick<TrainedRun, 'layout' | 'scale' | 'adapter'>,
  plan: ShapleyPlan,
  gatesOf: ShapleyPlayers['gatesOf'],
  onShare: (share: number) => void,
): AsyncGenerator<{ loss: Float32Array; predicted: Int32Array; labels: Int32Array }> {
  const { test, signal, checkpoint } = context;
  const images = imagesOf(context);
  const coalitions = plan.coalitions.length;
  const variants = plan.coalitions.map((gates) => ({ adapter: run.adapter, gates: gatesOf(gates) }));
  let loss: Float32Array = new Float32Array(0);
  let predicted: Int32Array = new Int32Array(0);
  for (let from = 0; from < images; from += PORTION) {
    const portion = portionOf(test, from, Math.min(images, from + PORTION));
    await withEvaluator(context, run.layout, run.scale, portion, async (evaluator, set) => {
      const evaluation = await evaluator.evaluate(variants, set, {
        signal,
        between: checkpoint,
        onProgress: (share) => onShare((from + share * portion.count) / images),
      });
      loss = appendColumns(loss, evaluation.loss, coalitions, (length) => new Float32Array(length));
      predicted = appendColumns(predicted, evaluation.predicted, coalitions, (length) => new Int32Array(length));
    });
    yield { loss, predicted, labels: test.labels.slice(0, from + portion.count) };
  }
}
