/** Numbers that lessons quote from the result on the page, so that no lesson claims what the page does not show. */
import { layerNames } from '../core/layer-names.ts';
import {
  createAdapterLayout,
  PROJECTIONS,
  type Projection,
  type TowerName,
  type TowerShape,
} from '../core/adapter-layout.ts';
import type { ScopedInterval } from '../core/crossed-interval.ts';
import { hundredths } from '../core/number-format.ts';
import { midpointValue } from '../copra/midpoint.ts';
import { keptBy } from '../copra/pruning/kept.ts';
import { clearSide } from '../copra/seed-differences.ts';
import { highShare } from '../copra/thirds.ts';
import { mean, shareError } from '../core/statistics.ts';
import { BUNDLED_BACKBONES, BUNDLED_TOWERS } from '../model/bundled-backbones.ts';
import type { StudyConfig } from '../study/config/config.ts';
import type { LandscapeResult } from '../study/analyses/landscape/result.ts';
import { PRESET_WORDS } from '../study/presets/messages.ts';
import { landscapesOf } from '../study/result/of-arm.ts';
import { fewShots } from '../study/presets/few-shots.ts';
import { armDifference } from '../study/result/measures/arm-difference.ts';
import type { Measure } from '../study/result/measures/measure.ts';
import { testSample } from '../study/result/measures/sample.ts';
import type { StudyResult } from '../study/result/result.ts';
import { testedImages } from '../study/result/tested-images.ts';

export interface ArmFacts {
  readonly arm: string;
  readonly name: string;
  readonly accuracies: readonly number[];
  /** Mean accuracy over that of the backbone; null where either is unknown. */
  readonly gain: number | null;
  /** Accuracy half-way on the factor path, per pair of seeds. */
  readonly midpoints: readonly number[];
  /** Barrier on the factor and product paths, per pair of seeds. */
  readonly barriers: Readonly<Record<LandscapeResult['path'], readonly number[]>>;
  /** Pairs of seeds whose average on the factor path is less accurate than both of them. */
  readonly worseHalfway: number;
  /** Retained gain of a mask, one value per seed. */
  readonly retained: (mask: string) => readonly number[];
  /** Names of the layers that play, as on the axis of their figure. */
  readonly layers: readonly string[];
  /** Mean Shapley value of every layer, in accuracy. */
  readonly shapley: readonly number[];
  /** Its sampling error, mean over the seeds, and the test pictures behind it. */
  readonly shapleyError: readonly number[];
  readonly shapleyImages: number;
  /** Share of the credit in the top third of the layers, per seed. */
  readonly topThird: readonly number[];
  /** The share that it would have if all layers were equal; null without Shapley values. */
  readonly evenTopThird: number | null;
}

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** Without the seeds of which a run diverged: lessons compare arms, which is done by the seeds of all. As it is where none would be left. */
export function ofSeedsOfAll(result: StudyResult): StudyResult {
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
  const accuracies = own(result.runs)
    .map(({ test }) => test?.accuracy)
    .filter(isNumber);
  const zeroShot = result.task.zeroShot?.accuracy;
  const players = shapley[0]?.players ?? [];
  const meanOfLayers = (of: (entry: (typeof shapley)[number]) => readonly number[]): number[] =>
    players.map((_, layer) => mean(shapley.map((entry) => of(entry)[layer])));
  return {
    arm: arm.id,
    name: PRESET_WORDS.arm(arm),
    accuracies,
    gain: isNumber(zeroShot) && accuracies.length > 0 ? mean(accuracies) - zeroShot : null,
    midpoints: along('factor').map(middle),
    barriers: {
      factor: along('factor').map(({ barrierAccuracy }) => barrierAccuracy),
      product: along('product').map(({ barrierAccuracy }) => barrierAccuracy),
    },
    worseHalfway: along('factor').filter((path) => middle(path) < Math.min(path.accuracy[0], path.accuracy.at(-1)!))
      .length,
    retained: (mask) => pruning.map(({ structured }) => keptBy(structured, [mask], 'retainedGain')).filter(isNumber),
    layers: layerNames(players),
    shapley: meanOfLayers(({ accuracy }) => accuracy),
    shapleyError: meanOfLayers(({ accuracyError }) => accuracyError),
    shapleyImages: shapley[0]?.images ?? 0,
    topThird: shapley.map(({ topThirdShare }) => topThirdShare).filter(isNumber),
    evenTopThird: players.length > 0 ? highShare(players) : null,
  };
}

/** Those of LoRA and of CopRA, in this order, as far as a study has them. */
export const bothArms = (result: StudyResult | null): readonly ArmFacts[] =>
  [armFacts(result, 'lora'), armFacts(result, 'copra')].filter((arm) => arm !== null);

/** The bundled task of the saved study. */
export const SAVED_TASK = fewShots.config.task;

/** Whether a study asks the backbone of the saved one about the same task: a small model of emoji, about negatives. */
export const isOfSavedTask = ({ config }: Pick<StudyResult, 'config'>): boolean =>
  config.task === SAVED_TASK && config.backbone === fewShots.config.backbone;

/** How a number compares with another one, as lessons write them. */
export type Against = 'higher' | 'lower' | 'same';

export function against(value: number, other: number): Against {
  if (hundredths(value) === hundredths(other)) return 'same';
  return value > other ? 'higher' : 'lower';
}

/** tooFew: of seeds to compare. */
export type Side = 'higher' | 'lower' | 'unclear' | 'tooFew';

/** Whether the 95 % interval of a difference excludes 0. */
export function sideOfInterval(difference: ScopedInterval | null): Side {
  const side = difference && clearSide(difference);
  if (side === null) return 'tooFew';
  return side === 1 ? 'higher' : side === -1 ? 'lower' : 'unclear';
}

/** Whether CopRA's value of a measure is clearly higher or lower than LoRA's. */
export function sideOf(result: StudyResult | null, measure: Measure): Side {
  const [lora, copra] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  return sideOfInterval(result && lora && copra && armDifference(result, measure, lora.arm, copra.arm));
}

/** How CopRA spreads credit beside LoRA: more or less evenly; or what is known of the share of its top third, where that does not say it. */
export type Evenness = 'more even' | 'less even' | Side;

/** @param side of CopRA's share of the top third. It is one of evenness as long as both shares lie on the same side of one even share. */
export function evennessOf(
  lora: Pick<CreditExtremes, 'topThird' | 'even'>,
  copra: Pick<CreditExtremes, 'topThird' | 'even'>,
  side: Side,
): Evenness {
  if (side !== 'higher' && side !== 'lower') return side;
  const { even } = lora;
  const [first, second] = [lora.topThird, copra.topThird];
  if (even === null || even !== copra.even || first === null || second === null) return side;
  if (first > even !== second > even) return side;
  return (side === 'lower') === first > even ? 'more even' : 'less even';
}

/** Sampling error of an accuracy due to the choice of test images. */
export const samplingError = (result: StudyResult, accuracy: number): number =>
  shareError(accuracy, testSample(result).effective);

/** The accuracy of a backbone without training, and the test pictures behind it. */
export interface TestedBackbone {
  readonly accuracy: number;
  readonly pictures: number;
}

/** Null where its accuracy is not known. */
export function testedBackbone(result: StudyResult | null): TestedBackbone | null {
  const zeroShot = result?.task.zeroShot;
  return result && zeroShot ? { accuracy: zeroShot.accuracy, pictures: testedImages(result) } : null;
}

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
    middle: mean(midpoints),
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
  /** The share that it would have if all layers were equal. */
  readonly even: number | null;
  /** Number of layers, and of those whose value is no larger than its sampling error. */
  readonly layers: number;
  readonly withinError: number;
  /** Mean sampling error of a layer's value, and the test pictures behind it. */
  readonly error: number;
  readonly images: number;
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
    even: arm.evenTopThird,
    layers: arm.shapley.length,
    withinError: arm.shapley.filter((value, i) => Math.abs(value) <= arm.shapleyError[i]).length,
    error: mean(arm.shapleyError),
    images: arm.shapleyImages,
  };
}

/** A number of an arm. */
export interface OfArm {
  readonly name: string;
  readonly value: number;
}

/** One text where all arms have the same number; otherwise that of every arm, with its name. */
export function ofArms(arms: readonly OfArm[], say: (value: number) => string): string[] {
  const isOne = arms.every(({ value }) => value === arms[0].value);
  return isOne
    ? arms.slice(0, 1).map(({ value }) => say(value))
    : arms.map(({ name, value }) => `${say(value)} (${name})`);
}

/** Their even shares of the top third, as far as they are known. */
export const evensOf = (...arms: readonly Pick<CreditExtremes, 'name' | 'even'>[]): OfArm[] =>
  arms.flatMap(({ name, even }) => (even === null ? [] : [{ name, value: even }]));

/** Where an adapter sits, and how small it is. */
export interface AdapterFacts {
  /** Adapted layers of each tower. */
  readonly layers: Readonly<Record<TowerName, number>>;
  readonly projections: readonly Projection[];
  /** Numbers of the adapter, and in the matrices of its layers. */
  readonly numbers: number;
  readonly beside: number;
}

/** Of the first LoRA arm; null where there is none, or the backbone is another. */
export function adapterFacts({ backbone, arms }: Pick<StudyConfig, 'backbone' | 'arms'>): AdapterFacts | null {
  const arm = arms.find(({ method }) => method === 'lora');
  if (!arm || !BUNDLED_BACKBONES.includes(backbone)) return null;
  const { pairs, size } = createAdapterLayout(BUNDLED_TOWERS, arm);
  const layersOf = (tower: TowerName): number => (arm.towers.includes(tower) ? BUNDLED_TOWERS[tower].layers : 0);
  const ofLayer = ({ width, mlpWidth }: TowerShape): number => 4 * width ** 2 + 2 * width * mlpWidth;
  return {
    layers: { vision: layersOf('vision'), text: layersOf('text') },
    projections: PROJECTIONS.filter((projection) => pairs.some((pair) => pair.projection === projection)),
    numbers: size,
    beside: arm.towers.reduce((sum, tower) => sum + BUNDLED_TOWERS[tower].layers * ofLayer(BUNDLED_TOWERS[tower]), 0),
  };
}
