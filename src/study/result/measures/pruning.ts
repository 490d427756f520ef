/** Figures of pruned adapters. */
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { EVERY_OTHER, isAboutHalf, masksNamed, nearestHalf } from '../../../copra/pruning/kept.ts';
import type { PruningResult } from '../../analyses/pruning/result.ts';
import { pruningsOf } from '../of-arm.ts';
import type { StudyResult } from '../result.ts';
import {
  answersOf,
  finite,
  frozenAnswers,
  gainValue,
  meanAccuracy,
  oneAccuracy,
  seedValue,
  type Answers,
  type Measure,
  type Part,
} from './measure.ts';
import { MEASURE_WORDS, type MaskName } from './messages.ts';
import { drawnImages } from './sample.ts';

type Parts = Pick<StudyResult, 'pruning' | 'task'>;

type MaskFigure = keyof typeof MEASURE_WORDS.masked;

/** Accuracy of every run of an arm, or its retained gain, averaged over some masks. */
export function maskValues(result: Parts, arm: string, labels: readonly string[], figure: MaskFigure): SeedValue[] {
  return pruningsOf(result, arm).flatMap(({ seed, structured }) => {
    const answers = (wanted: readonly string[]): Answers[] =>
      masksNamed(structured, wanted).map((mask) => answersOf(mask, mask.accuracy, mask.correct, result.task));
    const own = answers(labels);
    if (figure === 'accuracy') return meanAccuracy([seed], own);
    const gains = masksNamed(structured, labels).map(({ retainedGain }) => retainedGain);
    const frozen = frozenAnswers(result);
    return gainValue([seed], gains, own, frozen ? [frozen] : [], answers(['all']));
  });
}

/** How the ids of their measures begin. */
const FIGURE_IDS: Record<MaskFigure, string> = { accuracy: 'accuracy', retained: 'gain' };

/** Averaged over some masks. */
export function maskMeasure(labels: readonly string[], name: MaskName, figure: MaskFigure): Measure {
  return {
    id: `${FIGURE_IDS[figure]} ${labels.join(' ')}`,
    get name() {
      return MEASURE_WORDS.masked[figure](MEASURE_WORDS.masks[name]);
    },
    unit: 'seed',
    lowerIsBetter: false,
    sample: drawnImages,
    values: (result, arm) => maskValues(result, arm, labels, figure),
  };
}

export const EVERY_OTHER_ACCURACY = maskMeasure(EVERY_OTHER, 'every other', 'accuracy');

export const EVERY_OTHER_KEPT = maskMeasure(EVERY_OTHER, 'every other', 'retained');

export type Scope = PruningResult['unstructured'][number]['scope'];
type Curve = PruningResult['unstructured'][number];

export const answersOfCurve = (result: StudyResult, curve: Curve): Answers[] =>
  curve.accuracy.map((accuracy, i) => answersOf(curve, accuracy, curve.correct?.[i], result.task));

type ValueOfCurve = (result: StudyResult, seed: number, curve: Curve) => SeedValue[];

export const curveValues = (result: StudyResult, arm: string, scope: Scope, value: ValueOfCurve): SeedValue[] =>
  pruningsOf(result, arm).flatMap(({ seed, unstructured }) =>
    unstructured.filter((curve) => curve.scope === scope).flatMap((curve) => value(result, seed, curve)),
  );

function curveMeasure(figure: 'half' | 'area', scope: Scope, value: ValueOfCurve): Measure {
  return {
    id: `${figure} ${scope}`,
    get name() {
      return MEASURE_WORDS[figure][scope];
    },
    unit: 'seed',
    lowerIsBetter: false,
    sample: drawnImages,
    values: (result, arm) => curveValues(result, arm, scope, value),
  };
}

/** Every tested sparsity with its weight in the mean over them, by the trapezoidal rule, as in copra/pruning/unstructured.ts. */
export function areaParts(answers: readonly Answers[], { sparsities }: Curve): Part[] {
  const range = sparsities[sparsities.length - 1] - sparsities[0];
  if (range === 0) return [{ answers: answers[0], weight: 1 }];
  const step = (i: number) => (sparsities[i + 1] ?? sparsities[i]) - (sparsities[i - 1] ?? sparsities[i]);
  return answers.map((one, i) => ({ answers: one, weight: step(i) / 2 / range }));
}

/** The mean over the sparsities. */
export const areaMeasure = (scope: Scope): Measure =>
  curveMeasure('area', scope, (result, seed, curve) => {
    const answers = answersOfCurve(result, curve);
    if (!finite(curve.area) || answers.length === 0) return [];
    return [seedValue([seed], curve.area, areaParts(answers, curve))];
  });

/** The sparsity nearest one half; without any near it there are no values. */
export const halfSparsityMeasure = (scope: Scope): Measure =>
  curveMeasure('half', scope, (result, seed, curve) => {
    const { sparsities } = curve;
    const nearest = nearestHalf(sparsities);
    if (!isAboutHalf(sparsities[nearest])) return [];
    return [oneAccuracy([seed], answersOfCurve(result, curve)[nearest])];
  });

/** Accuracy of every run of an arm at a share of entries removed; without values where that share was not tested. */
export const valuesAtSparsity = (result: StudyResult, arm: string, scope: Scope, sparsity: number): SeedValue[] =>
  curveValues(result, arm, scope, (_, seed, curve) => {
    const at = curve.sparsities.indexOf(sparsity);
    return at < 0 ? [] : [oneAccuracy([seed], answersOfCurve(result, curve)[at])];
  });
