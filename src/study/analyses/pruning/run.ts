/** Structured and unstructured pruning of every run, after training, without retraining. */
import { hasLowRankUpdates } from '../../../copra/adapter-kinds.ts';
import type { StructuredMask } from '../../../copra/pruning/structured.ts';
import {
  areaUnderCurve,
  denseLayout,
  pruneFactors,
  pruneTensors,
  pruneUpdate,
} from '../../../copra/pruning/unstructured.ts';
import { layerUpdateNorms } from '../../../copra/pruning/update-norm.ts';
import { clearRetainedGain } from '../../../copra/retained-gain.ts';
import { allGates, type AdapterLayout } from '../../../core/adapter-layout.ts';
import { mean } from '../../../core/statistics.ts';
import { adaptedMap } from '../../../model/backbone.ts';
import { keepPredictions } from '../../predictions/keep.ts';
import type { Prediction } from '../../predictions/result.ts';
import { reportPhase, scoreVariants, withEvaluator, type AnsweredScores, type TrainedRun } from '../../run/context.ts';
import { masksOf } from './masks.ts';
import type { PruningResult } from './result.ts';
import type { ShapleyResult } from '../shapley/result.ts';
import type { AnalysisContext } from '../analysis.ts';
import { withoutDora } from '../without-dora.ts';
import { testSample } from '../../result/measures/sample.ts';
import { found } from '../../result/result-parts.ts';
import { isOf } from '../../result/run-names.ts';

/** Most bytes of pruned adapters held at once: a dense ΔW of a wide backbone takes hundreds of megabytes. */
const PORTION_BYTES = 64 * 2 ** 20;

type Scope = PruningResult['unstructured'][number]['scope'];

const SCOPES: Record<
  Scope,
  {
    layout: (layout: AdapterLayout) => AdapterLayout;
    prune: (layout: AdapterLayout, adapter: Float32Array, sparsity: number) => Float32Array;
  }
> = {
  factors: { layout: (layout) => layout, prune: pruneFactors },
  tensors: { layout: (layout) => layout, prune: pruneTensors },
  update: { layout: denseLayout, prune: pruneUpdate },
};

/** Shapley values of layers; values of projections are summed per layer. */
const layerValues = ({ players }: AdapterLayout, shapley: ShapleyResult): number[] =>
  players.map(({ tower, layer }) =>
    shapley.players.reduce(
      (sum, player, i) => (player.tower === tower && player.layer === layer ? sum + shapley.accuracy[i] : sum),
      0,
    ),
  );

/** One entry per label; repeats of a label (random masks) are averaged. @param images independent ones @param frozen base of retained gain */
function structuredEntries(
  masks: readonly StructuredMask[],
  scores: AnsweredScores,
  images: number,
  frozen: number,
): PruningResult['structured'] {
  const at = (label: string) => masks.flatMap((mask, i) => (mask.label === label ? [i] : []));
  const accuracyOf = (label: string) => mean(at(label).map((i) => scores.accuracy[i]));
  const full = accuracyOf('all');
  return [...new Set(masks.map((mask) => mask.label))].map((label) => {
    const [first, ...repeats] = at(label);
    const accuracy = accuracyOf(label);
    return {
      label,
      kept: masks[first].kept,
      of: masks[first].of,
      accuracy,
      loss: mean(at(label).map((i) => scores.loss[i])),
      retainedGain: clearRetainedGain(accuracy, frozen, full, images),
      ...(repeats.length === 0 && { correct: scores.correct[first] }),
    };
  });
}

/** Predictions with every other layer off. */
const halfMasks = (masks: readonly StructuredMask[], { arm, seed }: TrainedRun, scores: AnsweredScores): Prediction[] =>
  masks.flatMap(({ label }, i) =>
    label === 'even' || label === 'odd'
      ? [{ of: 'layers', arm: arm.id, seeds: [seed], name: label, answers: scores.answersOf(i) }]
      : [],
  );

/** @param frozen accuracy of the frozen backbone, the base of retained gain. */
export async function runPruning(context: AnalysisContext, runs: readonly TrainedRun[], frozen: number): Promise<void> {
  const { scopes, randomMasks } = context.config.analyses.pruning;
  const sparsities = [...new Set(context.config.analyses.pruning.sparsities)].sort((a, b) => a - b);
  const { test, emit } = context;
  const { shapley } = context.found();
  const { effective } = testSample(context.found());
  const stages = 1 + scopes.length;
  if (scopes.includes('update') && sparsities.length > 0) withoutDora(context, runs, 'pruning');
  for (const [index, run] of runs.entries()) {
    const report = (stage: number) => (share: number) =>
      reportPhase(context, 'pruning', (index + (stage + share) / stages) / runs.length);
    let result: PruningResult = { arm: run.arm.id, seed: run.seed, structured: [], unstructured: [] };
    const values = shapley.find((entry) => isOf(entry, run));
    const orders = {
      norms: layerUpdateNorms(
        run.layout,
        run.adapter,
        run.scale,
        (pair) => adaptedMap(context.model.backbone, pair).weight,
      ),
      shapley: values ? layerValues(run.layout, values) : null,
    };
    const masks = masksOf(run.layout, orders, { randomMasks }, run.seed);
    await withEvaluator(context, run.layout, run.scale, test, async (evaluator, set) => {
      const variants = masks.map(({ gates }) => ({ adapter: run.adapter, gates }));
      const scores = await scoreVariants(context, evaluator, set, test.labels, variants, report(0));
      result = { ...result, structured: structuredEntries(masks, scores, effective, frozen) };
      emit(found('pruning', [result]));
      keepPredictions(context, halfMasks(masks, run, scores));
    });
    for (const [stage, scope] of scopes.entries()) {
      if (sparsities.length === 0) break;
      if (scope === 'update' && !hasLowRankUpdates(run.layout)) continue;
      const layout = SCOPES[scope].layout(run.layout);
      await withEvaluator(context, layout, run.scale, test, async (evaluator, set) => {
        const gates = allGates(layout);
        const accuracy: number[] = [];
        const loss: number[] = [];
        const correct: string[] = [];
        const portion = Math.max(1, Math.floor(PORTION_BYTES / (4 * layout.size)));
        for (let from = 0; from < sparsities.length; from += portion) {
          const part = sparsities.slice(from, from + portion);
          const variants = part.map((sparsity) => ({
            adapter: SCOPES[scope].prune(run.layout, run.adapter, sparsity),
            gates,
          }));
          const onShare = (share: number) => report(stage + 1)((from + share * part.length) / sparsities.length);
          const scores = await scoreVariants(context, evaluator, set, test.labels, variants, onShare);
          accuracy.push(...scores.accuracy);
          loss.push(...scores.loss);
          correct.push(...scores.correct);
        }
        const entry = { scope, sparsities, accuracy, loss, correct, area: areaUnderCurve(sparsities, accuracy) };
        result = { ...result, unstructured: [...result.unstructured, entry] };
        emit(found('pruning', [result]));
      });
    }
  }
}
