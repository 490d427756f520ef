/** What an arm loses when single numbers of its adapters are removed. */
import type { SeedValue } from '../../../core/crossed-interval.ts';
import type { StudyResult } from '../result.ts';
import { finite, seedValue } from './measure.ts';
import { answersOfCurve, areaParts, curveValues, type Scope } from './pruning.ts';

/** The mean over the sparsities less the accuracy with nothing removed, of every run of an arm: one that starts lower loses no more for that. */
export const changesByRemoval = (result: StudyResult, arm: string, scope: Scope): SeedValue[] =>
  curveValues(result, arm, scope, (_, seed, curve) => {
    const whole = curve.sparsities.indexOf(0);
    const answers = answersOfCurve(result, curve);
    if (!finite(curve.area) || whole < 0) return [];
    const parts = areaParts(answers, curve).map((part) =>
      part.answers === answers[whole] ? { ...part, weight: part.weight - 1 } : part,
    );
    return [seedValue([seed], curve.area - answers[whole].accuracy, parts)];
  });
