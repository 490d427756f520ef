/**
 * Shapley values of the layers, or of their projections, of every analysed run. Images are processed in portions, so the bars appear early and their error bars
 * shrink as the study runs.
 */
import { analyseShapley, type ShapleyAnalysis } from '../../../copra/shapley/analysis.ts';
import { CoalitionTally } from '../../../copra/shapley/coalition-tally.ts';
import { maskOfGates } from '../../../copra/shapley/coalitions.ts';
import type { ShapleyPlan } from '../../../copra/shapley/plan.ts';
import type { CoalitionValues } from './coalition-values.ts';
import { reportPhase, withEvaluator, type StudyContext, type TrainedRun } from '../../run/context.ts';
import type { StudyConfig } from '../../config/config.ts';
import { portionOf } from '../../run/images.ts';
import { countMotifs } from '../../result/motifs.ts';
import { packInfluence } from '../../result/measures/influence.ts';
import { perImageOf } from './per-image.ts';
import { packRows } from './without-one.ts';
import { everyCoalitionOf } from './every-coalition.ts';
import type { ShapleyResult } from './result.ts';
import { evolutionSteps } from '../../run/training/snapshots.ts';
import { shapleyPlan } from './plan.ts';
import { playersOf, type ShapleyPlayers } from './players.ts';
import { found } from '../../result/result-parts.ts';
import { isOf } from '../../result/run-names.ts';

/** Images evaluated at a time. */
export const PORTION = 32;

/** Analysed adapters of a run: the trained one first, so that its bars appear first, then those of earlier steps. */
function adaptersOf({ config }: StudyContext, { adapter, snapshots = [] }: TrainedRun) {
  const steps = evolutionSteps(config);
  return [{ step: null, adapter }, ...snapshots.filter(({ step }) => steps.includes(step))];
}

/**
 * The runs of every arm that are analysed: those of the first seeds that no arm lost, as arms are compared by seed, then its others.
 * @param runs that did not diverge @param most runs of an arm
 */
export function analysedRuns(
  runs: readonly TrainedRun[],
  { arms: planned }: Pick<StudyConfig, 'arms'>,
  most: number,
): TrainedRun[] {
  const arms = planned.map(({ id }) => runs.filter(({ arm }) => arm.id === id)).filter((own) => own.length > 0);
  const isCommon = ({ seed }: TrainedRun): boolean => arms.every((own) => own.some((run) => run.seed === seed));
  return arms.flatMap((own) => {
    const first = [...own.filter(isCommon), ...own.filter((run) => !isCommon(run))].slice(0, most);
    return own.filter((run) => first.includes(run));
  });
}

export async function runShapley(context: StudyContext, runs: readonly TrainedRun[]): Promise<void> {
  const { config, emit } = context;
  const settings = config.analyses.shapley;
  const analysed = analysedRuns(runs, config, settings.seedsPerArm).filter(
    (run) => !context.known?.shapley.some((entry) => isOf(entry, run)),
  );
  for (const [done, run] of analysed.entries()) {
    const { players, gatesOf } = playersOf(run.layout, settings);
    const plan = shapleyPlan(settings, players, run.seed);
    let result: ShapleyResult | null = null;
    const adapters = adaptersOf(context, run);
    for (const [index, { step, adapter }] of adapters.entries()) {
      const onShare = (share: number) =>
        reportPhase(context, 'shapley', (done + (index + share) / adapters.length) / analysed.length);
      const evaluated = evaluateCoalitions(context, { ...run, adapter }, plan, gatesOf, onShare);
      for await (const tally of evaluated) {
        const analysis = analyseShapley(tally, players);
        result = step === null ? finalResult(run, players, tally, analysis) : withStage(result, step, analysis);
        emit(found('shapley', [result]));
        const complete = tally.all.images === imagesOf(context);
        if (complete && step === null && knowsEveryCoalition(tally, players))
          emit({ type: 'coalitions', coalitions: coalitionValues(run, tally) });
      }
    }
  }
}

const imagesOf = ({ config, test }: StudyContext): number => Math.min(config.analyses.shapley.images, test.count);

/** Whether the value of every set of layers is known. */
const knowsEveryCoalition = ({ plan }: CoalitionTally, players: ShapleyPlayers['players']): boolean =>
  plan.estimator === 'exact' && players.every(({ projection }) => projection === undefined);

function finalResult(
  { arm, seed }: TrainedRun,
  players: ShapleyPlayers['players'],
  tally: CoalitionTally,
  analysis: ShapleyAnalysis,
): ShapleyResult {
  const everyCoalition = knowsEveryCoalition(tally, players) ? everyCoalitionOf(tally, players) : null;
  const perImage = perImageOf(tally);
  const { withoutOne, motifs } = tally;
  const { accuracy, accuracyError, loss, lossError, coalitionError } = analysis;
  return {
    arm: arm.id,
    seed,
    players: [...players],
    estimator: tally.plan.estimator,
    accuracy,
    accuracyError,
    loss,
    lossError,
    ...(coalitionError ? { coalitionError } : {}),
    residual: analysis.residual,
    images: analysis.images,
    ...(motifs && { motifs: countMotifs(Array.from({ length: analysis.images }, (_, i) => motifs[i])) }),
    coalitions: analysis.coalitions,
    topThirdShare: analysis.topThirdShare,
    ...(analysis.topThirdInfluence && { topThirdInfluence: packInfluence(analysis.topThirdInfluence) }),
    ...(perImage && { perImage }),
    ...(withoutOne && everyCoalition && { withoutOne: packRows(withoutOne) }),
    ...(everyCoalition && { everyCoalition }),
  };
}

/** Replaces the values of this step; steps stay in order. */
function withStage(result: ShapleyResult | null, step: number, analysis: ShapleyAnalysis): ShapleyResult {
  if (!result) throw new Error('The trained adapter is analysed before its earlier steps.');
  const { accuracy, accuracyError, loss, lossError, topThirdShare } = analysis;
  const others = (result.evolution ?? []).filter((stage) => stage.step !== step);
  const evolution = [...others, { step, accuracy, accuracyError, loss, lossError, topThirdShare }];
  return { ...result, evolution: evolution.sort((a, b) => a.step - b.step) };
}

function coalitionValues({ arm, seed, layout }: TrainedRun, { plan, all }: CoalitionTally): CoalitionValues {
  const byMask = (values: Float64Array): Float32Array => {
    const out = new Float32Array(values.length);
    plan.coalitions.forEach((gates, c) => (out[maskOfGates(gates)] = values[c]));
    return out;
  };
  return {
    arm: arm.id,
    seed,
    players: [...layout.players],
    images: all.images,
    accuracy: byMask(all.means('accuracy')),
    loss: byMask(all.means('loss').map((value) => 0 - value)),
  };
}

/** Evaluates all coalitions of a plan on more and more images, and yields their tally after every portion. */
async function* evaluateCoalitions(
  context: StudyContext,
  run: Pick<TrainedRun, 'layout' | 'scale' | 'adapter'>,
  plan: ShapleyPlan,
  gatesOf: ShapleyPlayers['gatesOf'],
  onShare: (share: number) => void,
): AsyncGenerator<CoalitionTally> {
  const { test, signal, checkpoint } = context;
  const images = imagesOf(context);
  const variants = plan.coalitions.map((gates) => ({ adapter: run.adapter, gates: gatesOf(gates) }));
  const tally = new CoalitionTally(plan, test.motifs);
  for (let from = 0; from < images; from += PORTION) {
    const portion = portionOf(test, from, Math.min(images, from + PORTION));
    await withEvaluator(context, run.layout, run.scale, portion, async (evaluator, set) => {
      const { loss, predicted } = await evaluator.evaluate(variants, set, {
        signal,
        between: checkpoint,
        onProgress: (share) => onShare((from + share * portion.count) / images),
      });
      tally.add({ loss, predicted, labels: portion.labels });
    });
    yield tally;
  }
}
