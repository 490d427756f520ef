/** Test accuracy with everything on. */
import { answersOf, finite, oneAccuracy, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { drawnImages } from './sample.ts';

export const TEST_ACCURACY: Measure = {
  id: 'test-accuracy',
  get name() {
    return MEASURE_WORDS.testAccuracy;
  },
  unit: 'seed',
  lowerIsBetter: false,
  sample: drawnImages,
  values: (result, arm) =>
    result.runs.flatMap(({ arm: own, seed, test }) =>
      own === arm && test && finite(test.accuracy)
        ? [oneAccuracy([seed], answersOf(test, test.accuracy, test.correct, result.task))]
        : [],
    ),
};
