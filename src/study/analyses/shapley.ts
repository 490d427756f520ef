/**
 * Shapley values of the layers of every analysed run. Images are taken in portions, so that the bars appear early and their error bars
 * shrink while the study goes on.
 */
import { analyseShapley } from '../../copra/shapley/analysis.ts';
import { exactPlan, permutationPlan, type ShapleyPlan } from '../../copra/shapley/plan.ts';
import { gatesOfPlayers } from '../../core/adapter-layout.ts';
import { reportPhase, withEvaluator, type StudyContext, type TrainedRun } from '../context.ts';
import { MAX_EXACT_PLAYERS } from '../config.ts';
import type { Patchified } from '../images.ts';
import type { ShapleyResult } from '../result.ts';

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

export async function runShapley(
  context: StudyContext,
  runs: readonly TrainedRun[],
): Promise<Map<TrainedRun, ShapleyResult>> {
  const settings = context.config.analyses.shapley;
  const { config } = context;
  const analysed = config.arms.flatMap((arm) =>
    runs.filter((run) => run.arm.id === arm.id).slice(0, settings.seedsPerArm),
  );
  const images = Math.min(settings.images, context.test.count);
  const results = new Map<TrainedRun, ShapleyResult>();
  let done = 0;
  for (const run of analysed) {
    const players = run.layout.players.length;
    const exact = settings.estimator === 'exact' && players <= MAX_EXACT_PLAYERS;
    const plan = exact ? exactPlan(players) : permutationPlan(players, settings.permutations, run.seed);
    const base = done;
    const onShare = (share: number) => reportPhase(context, 'shapley', (base + share) / analysed.length);
    await analyseRun(context, run, plan, images, exact ? 'exact' : 'permutation', onShare, (result) =>
      results.set(run, result),
    );
    done++;
  }
  return results;
}

async function analyseRun(
  context: StudyContext,
  run: TrainedRun,
  plan: ShapleyPlan,
  images: number,
  estimator: ShapleyResult['estimator'],
  onShare: (share: number) => void,
  keep: (result: ShapleyResult) => void,
): Promise<void> {
  const { test, signal, checkpoint, emit } = context;
  const coalitions = plan.coalitions.length;
  const variants = plan.coalitions.map((gates) => ({ adapter: run.adapter, gates: gatesOfPlayers(run.layout, gates) }));
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
    const labels = test.labels.slice(0, from + portion.count);
    const { players } = run.layout;
    const analysis = analyseShapley(plan, players, loss, predicted, labels);
    const result: ShapleyResult = {
      arm: run.arm.id,
      seed: run.seed,
      players: [...players],
      estimator,
      accuracy: analysis.accuracy,
      accuracyError: analysis.accuracyError,
      loss: analysis.loss,
      lossError: analysis.lossError,
      residual: analysis.residual,
      images: analysis.images,
      coalitions: analysis.coalitions,
      topThirdShare: analysis.topThirdShare,
    };
    keep(result);
    emit({ type: 'shapley', shapley: result });
  }
}
