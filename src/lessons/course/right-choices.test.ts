/** Every question has its right answer among its choices, whatever result is shown. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { filesIn, readJsonFile } from '../../../tests/support/files.ts';
import { mean } from '../../core/statistics.ts';
import { resultAt } from '../../study/result/narrow.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { MapResultSchema } from '../../study/map/map-result.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { barrierMeasure } from '../../study/result/measures/paths.ts';
import { shownOfArms } from '../../study/result/result-parts.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { armFacts, samplingError, sideOf } from '../facts.ts';
import type { LessonView } from '../lesson.ts';
import { classFacts, turnedByTraining } from '../picture-facts.ts';
import { stepAt, steps, view } from './test-lessons.ts';

/** A result at every value of its sweep: lessons read one. */
function shownOf(result: StudyResult): readonly StudyResult[] {
  const sweep = sweepOf(result.config);
  return sweep ? sweep.values.map((value) => resultAt(result, sweep, value, shownOfArms)) : [result];
}

const showcase = filesIn('public/showcase').filter((name) => name.endsWith('.json'));
const saved = showcase.flatMap((name) => {
  const { success, output } = v.safeParse(StudyResultSchema, readJsonFile(`public/showcase/${name}`));
  return success ? [{ name, shown: shownOf(output) }] : [];
});
const map = v.parse(MapResultSchema, readJsonFile('public/showcase/regime-map.json'));

/** As the first run of lesson 7 has it: the test pictures of a run may be harder or easier than all. */
const withZeroShot = (result: StudyResult, accuracy: number): StudyResult => ({
  ...result,
  task: { ...result.task, zeroShot: result.task.zeroShot && { ...result.task.zeroShot, accuracy } },
});

/** The right answer of questions about a result, by the numbers that it is read from; null where the result does not settle it. */
const RIGHT: Readonly<Record<string, (result: StudyResult) => string | null>> = {
  'picture/decide': (result) => {
    const { classes, chance, zeroShot } = result.task;
    const { accuracy } = zeroShot!;
    if (accuracy < chance + 2 * samplingError(result, chance))
      return `One in ${classes.length} or fewer, as by guessing`;
    return accuracy > 0.5 ? 'More than half' : 'Clearly more, but less than half';
  },
  'picture/learned': (result) => {
    const { lost, won } = turnedByTraining(result, 'lora')!;
    if (lost === 0) return 'No, it only adds';
    return lost < won ? 'Yes, but fewer than it wins' : 'Yes, as many as it wins or more';
  },
  'picture/mistakes': (result) => classFacts(result, 'lora')!.worst.name,
  'two-seeds/why': (result) => {
    const { factor, product } = armFacts(result, 'lora')!.barriers;
    const ratio = mean(product) / mean(factor);
    if (ratio >= 0.75) return 'As high as on the factor path, or higher';
    return ratio > 0.25 ? 'About half as high' : 'Close to nothing';
  },
  'two-seeds/compare': (result) => {
    const isLower = sideOf(result, barrierMeasure('factor')) === 'lower';
    const isHigher = sideOf(result, TEST_ACCURACY) === 'higher';
    if (isLower) return isHigher ? 'A lower barrier and higher ends' : 'A lower barrier, but no higher ends';
    return isHigher ? 'Higher ends, but no lower barrier' : 'Neither';
  },
  'honest/seeds': (result) => {
    const { accuracies } = armFacts(result, 'lora')!;
    if (accuracies.length < 2) return null;
    const range = Math.max(...accuracies) - Math.min(...accuracies);
    if (range < 0.03) return 'Less than 3 points';
    return range > 0.1 ? 'More than 10 points' : '3 to 10 points';
  },
  'honest/regimes': () => 'Many pictures, low rate',
};

/** Their choices are everything that can be: less, as much or more; one arm, the other or neither. */
const EXHAUSTIVE = [
  ...['lora/train', 'two-seeds/average', 'two-seeds/run', 'shapley/twelve', 'pruning/layers', 'pruning/weights'],
  ...['merging/rules', 'merging/merge', 'honest/map', 'honest/paired', 'honest/control', 'honest/run'],
];

/** Their answer holds of any result. */
const FIXED = ['picture/camera', 'lora/factors', 'shapley/run', 'pruning/run', 'honest/pictures'];

it('every question is thought of', () => {
  const asked = steps.flatMap(({ name, step }) => (step.prediction ? [name] : []));
  expect([...Object.keys(RIGHT), ...EXHAUSTIVE, ...FIXED].sort()).toEqual(asked.sort());
  expect(saved.length).toBeGreaterThan(10);
});

it.each(Object.entries(RIGHT))('%s: the right answer is among the choices, of every saved result', (name, right) => {
  const { prediction } = stepAt(name);
  const missing = saved.flatMap(({ name: file, shown }) =>
    shown.flatMap((result) => {
      const page: LessonView = { ...view(result), map };
      const answer = prediction!.outcome(page) === null ? null : right(result);
      return answer === null || prediction!.words(page).choices.includes(answer) ? [] : [`${file}: ${answer}`];
    }),
  );
  expect(missing).toEqual([]);
});

it.each([0.1, 0.22, 0.34, 0.6])(
  'the backbone may be right about a share of %s of the pictures of an own result',
  (share) => {
    const { prediction } = stepAt('picture/decide');
    const own = withZeroShot(saved.find(({ name }) => name === 'full.json')!.shown[0], share);
    expect(prediction!.words(view(own)).choices).toContain(RIGHT['picture/decide'](own));
  },
);

it('while runs are being tested, none of the classes is the answer', () => {
  const { prediction } = stepAt('picture/mistakes');
  for (const { shown } of saved)
    for (const result of shown) expect(prediction!.outcome(view({ ...result, status: 'running' }))).toBeNull();
});
