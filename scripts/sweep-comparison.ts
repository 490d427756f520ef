/** The measures compared at every value of a sweep. */
import { crossedInterval, imageVariance, type ScopedInterval, type SeedValue } from '../src/core/crossed-interval.ts';
import { mean } from '../src/core/statistics.ts';
import { differencesBySeed } from '../src/copra/seed-differences.ts';
import { keptVariance } from '../src/study/result/measures/arm-difference.ts';
import { midpointMeasure } from '../src/study/result/measures/paths.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { sweepOf } from '../src/study/config/sweep.ts';

const MEASURE = midpointMeasure('factor');

/** What both methods reach at one value. */
interface AtValue {
  /** Means over seeds, in [0, 1]. */
  readonly baseline: number;
  readonly other: number;
  /** Of other − baseline over other images; null where it is not known. */
  readonly imageVariance: number | null;
  readonly sensitivity: number;
}

export interface SweepComparison {
  readonly name: string;
  readonly values: readonly AtValue[];
  /** Mean of other − baseline over the values, with its 95 % interval over other values and other images. */
  readonly difference: ScopedInterval;
}

function atValue(result: StudyResult, baseline: string, other: string): AtValue | null {
  const [a, b] = [baseline, other].map((arm) => MEASURE.values(result, arm));
  const differences = differencesBySeed(a, b);
  if (differences.length === 0) return null;
  const meanOf = (values: readonly SeedValue[]): number => mean(values.map(({ value }) => value));
  return {
    baseline: meanOf(a),
    other: meanOf(b),
    imageVariance: imageVariance(differences) ?? keptVariance(result, MEASURE.id, baseline, other),
    sensitivity: mean(differences.map(({ sensitivity }) => sensitivity)),
  };
}

/**
 * Both methods of a sweep, value by value. All values are tested on the same images: their spread does not contain the sampling of images, whose part is
 * approximated: it is taken as if the differences at all values erred alike.
 * @returns null for studies that are not sweeps of two methods, or where nothing is known at any value
 */
export function sweepComparison(result: StudyResult): SweepComparison | null {
  const sweep = sweepOf(result.config);
  if (!sweep) return null;
  const [baseline, other] = sweep.methods.map(({ arms }) => new Map(arms.map(({ id, value }) => [String(value), id])));
  const values = [...baseline].flatMap(([value, arm]) => {
    const beside = other.get(value);
    return (beside !== undefined && atValue(result, arm, beside)) || [];
  });
  if (values.length === 0) return null;
  const differences = values.map((value, i): SeedValue => ({
    seeds: [i],
    value: value.other - value.baseline,
    sensitivity: value.sensitivity,
  }));
  const deviations = values.map(({ imageVariance: variance }) => Math.sqrt(variance ?? NaN));
  const ofImages = mean(deviations) ** 2;
  return {
    name: `midpoint accuracy at every ${sweep.setting.label.toLowerCase()}, factor path`,
    values,
    difference: crossedInterval(differences, MEASURE.images(result), Number.isNaN(ofImages) ? null : ofImages),
  };
}
