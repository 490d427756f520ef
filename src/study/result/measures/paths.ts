/** Figures of the paths between two seeds. */
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { midpointWeights } from '../../../copra/midpoint.ts';
import type { LandscapeResult } from '../../analyses/landscape/result.ts';
import { landscapesOf } from '../of-arm.ts';
import type { StudyResult } from '../result.ts';
import { answersOf, finite, frozenAnswers, gainValue, seedValue, type Answers, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { drawnImages } from './sample.ts';

/** Answers at every point of a path. */
const along = ({ task }: StudyResult, path: LandscapeResult): Answers[] =>
  path.accuracy.map((accuracy, i) => answersOf(path, accuracy, path.correct?.[i], task));

function midpoint(result: StudyResult, path: LandscapeResult): SeedValue[] {
  const answers = along(result, path);
  const parts = midpointWeights(path.lambdas).flatMap(({ point, weight }) =>
    answers[point] ? [{ answers: answers[point], weight }] : [],
  );
  const value = parts.reduce((sum, part) => sum + part.weight * part.answers.accuracy, 0);
  return parts.length > 0 ? [seedValue(path.seeds, value, parts)] : [];
}

function midpointGain(result: StudyResult, path: LandscapeResult): SeedValue[] {
  const answers = along(result, path);
  const base = frozenAnswers(result);
  if (!base || answers.length < 2) return [];
  const middle = midpointWeights(path.lambdas).map(({ point }) => answers[point]);
  return gainValue(path.seeds, [path.midpointRetainedGain], middle, [base], [answers[0], answers[answers.length - 1]]);
}

/** The barrier lies where the path is deepest below its chord. It changes with the answers there and at the ends. */
function barrier(result: StudyResult, path: LandscapeResult): SeedValue[] {
  if (!finite(path.barrierAccuracy)) return [];
  const { lambdas } = path;
  const answers = along(result, path);
  if (answers.length < 2) return [];
  const [first, last] = [answers[0], answers[answers.length - 1]];
  const depth = (i: number): number =>
    (1 - lambdas[i]) * first.accuracy + lambdas[i] * last.accuracy - answers[i].accuracy;
  const deepest = lambdas.reduce((best, _, i) => (depth(i) > depth(best) ? i : best), 0);
  return [
    seedValue(path.seeds, path.barrierAccuracy, [
      { answers: first, weight: 1 - lambdas[deepest] },
      { answers: last, weight: lambdas[deepest] },
      { answers: answers[deepest], weight: -1 },
    ]),
  ];
}

type Path = LandscapeResult['path'];

function pathMeasure(
  figure: 'midpoint' | 'midpoint gain' | 'barrier',
  path: Path,
  alignment: LandscapeResult['alignment'],
  value: (result: StudyResult, path: LandscapeResult) => SeedValue[],
  lowerIsBetter = false,
): Measure {
  return {
    id: [figure, path, ...(alignment ? [alignment] : [])].join(' '),
    get name() {
      return MEASURE_WORDS.paths[figure](path, alignment);
    },
    unit: 'pair of seeds',
    lowerIsBetter,
    sample: drawnImages,
    values: (result, arm) => landscapesOf(result, arm, path, alignment).flatMap((entry) => value(result, entry)),
  };
}

export const midpointMeasure = (path: Path): Measure => pathMeasure('midpoint', path, undefined, midpoint);

export const barrierMeasure = (path: Path, alignment?: LandscapeResult['alignment']): Measure =>
  pathMeasure('barrier', path, alignment, barrier, true);

export const midpointGainMeasure = (path: Path): Measure => pathMeasure('midpoint gain', path, undefined, midpointGain);
