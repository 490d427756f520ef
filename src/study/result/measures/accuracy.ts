/** Test accuracy with everything on. */
import { answersOf, finite, oneAccuracy, testImages, type Measure } from './measure.ts';

export const TEST_ACCURACY: Measure = {
  id: 'test-accuracy',
  name: 'test accuracy, everything on',
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
