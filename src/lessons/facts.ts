/** Numbers that lessons quote from the result on the page, so that no lesson claims what the page does not show. */
import { layerNames } from '../core/layer-names.ts';
import { midpointValue } from '../copra/midpoint.ts';
import { keptBy } from '../copra/pruning/kept.ts';
import { clearSide } from '../copra/seed-differences.ts';
import { binomialStandardError, mean } from '../core/statistics.ts';
import type { LandscapeResult } from '../study/analyses/landscape/result.ts';
import { landscapesOf } from '../study/result/of-arm.ts';
import { armDifference } from '../study/result/measures/arm-difference.ts';
import type { Measure } from '../study/result/measures/measure.ts';
import type { StudyResult } from '../study/result/result.ts';
import { testedImages } from '../study/result/tested-images.ts';

export interface ArmFacts {
  readonly arm: string;
  readonly name: string;
  readonly accuracies: readonly number[];
  /** Accuracy half-way and barrier on the factor and product paths, per pair of seeds. */
  readonly midpoints: Readonly<Record<LandscapeResult['path'], readonly number[]>>;
  readonly barriers: Readonly<Record<LandscapeResult['path'], readonly number[]>>;
  /** Pairs of seeds whose average on the factor path is less accurate than both of them. */
  readonly worseHalfway: number;
  /** Retained gain of a mask, one value per seed. */
  readonly retained: (mask: string) => readonly number[];
  /** Names of the layers that play, as on the axis of their figure. */
  readonly layers: readonly string[];
  /** Mean Shapley value of every layer, in accuracy. */
  readonly shapley: readonly number[];
  /** Share of the credit in the top third of the layers, per seed. */
  readonly topThird: readonly number[];
  /** Accuracy with 90 % of the entries of A and B removed, per seed. */
  readonly nineTenthsRemoved: readonly number[];
}

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** Without the seeds of which a run diverged: lessons compare arms, which is done by the seeds of all. As it is where none would be left. */
function ofSeedsOfAll(result: StudyResult): StudyResult {
  const { runs, landscape, pruning, shapley } = result;
  const lost = new Set(runs.filter(({ diverged }) => diverged !== undefined).map(({ seed }) => seed));
  if (lost.size === 0 || result.config.seeds.every((seed) => lost.has(seed))) return result;
  const isOfAll = ({ seed }: { readonly seed: number }): boolean => !lost.has(seed);
  return {
    ...result,
    runs: runs.filter(isOfAll),
    landscape: landscape.filter(({ seeds }) => seeds.every((seed) => !lost.has(seed))),
    pruning: pruning.filter(isOfAll),
    shapley: shapley.filter(isOfAll),
  };
}

/** The first arm of a method; null if the result has none. */
export function armFacts(whole: StudyResult | null, method: 'lora' | 'copra'): ArmFacts | null {
  const arm = whole?.config.arms.find((candidate) => candidate.method === method);
  if (!whole || !arm) return null;
  const result = ofSeedsOfAll(whole);
  const own = <T extends { readonly arm: string }>(list: readonly T[]): T[] => list.filter((e) => e.arm === arm.id);
  const along = (path: LandscapeResult['path']) => landscapesOf(result, arm.id, path);
  const middle = ({ lambdas, accuracy }: LandscapeResult): number => midpointValue(lambdas, accuracy);
  const pruning = own(result.pruning);
  const shapley = own(result.shapley);
  return {
    arm: arm.id,
    name: arm.name,
    accuracies: own(result.runs)
      .map(({ test }) => test?.accuracy)
      .filter(isNumber),
    midpoints: { factor: along('factor').map(middle), product: along('product').map(middle) },
    barriers: {
      factor: along('factor').map(({ barrierAccuracy }) => barrierAccuracy),
      product: along('product').map(({ barrierAccuracy }) => barrierAccuracy),
    },
    worseHalfway: along('factor').filter((path) => middle(path) < Math.min(path.accuracy[0], path.accuracy.at(-1)!))
      .length,
    retained: (mask) => pruning.map(({ structured }) => keptBy(structured, [mask], 'retainedGain')).filter(isNumber),
    layers: layerNames(shapley[0]?.players ?? []),
    shapley: (shapley[0]?.accuracy ?? []).map((_, layer) => mean(shapley.map(({ accuracy }) => accuracy[layer]))),
    topThird: shapley.map(({ topThirdShare }) => topThirdShare).filter(isNumber),
    nineTenthsRemoved: pruning
      .flatMap(({ unstructured }) => unstructured.filter(({ scope }) => scope === 'factors'))
      .map(({ sparsities, accuracy }) => accuracy[sparsities.indexOf(0.9)])
      .filter(isNumber),
  };
}

export type Side = 'higher' | 'lower' | 'unclear';

/** Whether CopRA's value of a measure is clearly higher or lower than LoRA's: its 95 % interval excludes 0. */
export function sideOf(result: StudyResult | null, measure: Measure): Side {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  const difference = result && lora && copra && armDifference(result, measure, lora.arm, copra.arm);
  const side = difference ? clearSide(difference) : null;
  return side === 1 ? 'higher' : side === -1 ? 'lower' : 'unclear';
}

/** Sampling error of an accuracy due to the choice of test images. */
export const samplingError = (result: StudyResult, accuracy: number): number =>
  binomialStandardError(accuracy, testedImages(result));

/** Means of an arm on the factor path between two seeds. */
export interface BetweenSeeds {
  /** Accuracy at the ends and half-way. */
  readonly ends: number;
  readonly middle: number;
  readonly barrier: number;
  /** Number of pairs of seeds, and of those whose average is less accurate than both. */
  readonly pairs: number;
  readonly worse: number;
}

/** Null without a pair. */
export function betweenSeeds(arm: ArmFacts | null): BetweenSeeds | null {
  if (!arm || arm.barriers.factor.length === 0) return null;
  const { accuracies, midpoints, barriers, worseHalfway } = arm;
  return {
    ends: mean(accuracies),
    middle: mean(midpoints.factor),
    barrier: mean(barriers.factor),
    pairs: barriers.factor.length,
    worse: worseHalfway,
  };
}

interface CreditOfLayer {
  /** As on the axis of the figure. */
  readonly layer: string;
  /** Mean Shapley value, in accuracy. */
  readonly value: number;
}

/** Who gets most and least of the credit of an arm. */
export interface CreditExtremes {
  readonly name: string;
  readonly highest: CreditOfLayer;
  readonly lowest: CreditOfLayer;
  /** Mean share of the top third of the layers; null where no run has credit. */
  readonly topThird: number | null;
}

/** Null without Shapley values. */
export function creditExtremes(arm: ArmFacts | null): CreditExtremes | null {
  if (!arm || arm.shapley.length === 0) return null;
  const credits = arm.shapley.map((value, i): CreditOfLayer => ({ layer: arm.layers[i], value }));
  return {
    name: arm.name,
    highest: credits.reduce((most, other) => (other.value > most.value ? other : most)),
    lowest: credits.reduce((least, other) => (other.value < least.value ? other : least)),
    topThird: arm.topThird.length > 0 ? mean(arm.topThird) : null,
  };
}
