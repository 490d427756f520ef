/** Test accuracy with everything on. */
import { answersOf, finite, oneAccuracy, testImages, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';

export const TEST_ACCURACY: Measure = {
  id: 'test-accuracy',
  get name() {
    return MEASURE_WORDS.testAccuracy;
  },
  unit: 'seed',
  lowerIsBetter: false,
  images: testImages,
  values: (result, arm) =>
    result.runs.flatMap(({ arm: own, seed, test }) =>
      own === arm && test && finite(test.accuracy)
        ? [oneAccuracy([seed], answersOf(test, test.accuracy, test.correct, result.task.test))]
        : [],
    ),
};
