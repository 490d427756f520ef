/** Figures of federated training. */
import { mean } from '../../../core/statistics.ts';
import type { StudyConfig } from '../../config/config.ts';
import type { StudyResult } from '../result.ts';
import { answersOf, finite, oneAccuracy, testImages, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';

/** Whether a study averages some clients' A and B as they are: what both figures are about. */
export const averagesClients = ({ federated }: StudyConfig['analyses']): boolean =>
  federated?.enabled === true && federated.rules.includes('fedit');

const averagedClients = ({ federated }: StudyResult, arm: string) =>
  (federated?.runs ?? []).filter((run) => run.arm === arm && run.rule === 'fedit');

export const FEDERATED_ACCURACY: Measure = {
  id: 'federated accuracy',
  get name() {
    return MEASURE_WORDS.federated.accuracy;
  },
  unit: 'seed',
  lowerIsBetter: false,
  images: testImages,
  values: (result, arm) =>
    averagedClients(result, arm).flatMap((run) => {
      const accuracy = run.accuracy.at(-1);
      return finite(accuracy) ? [oneAccuracy([run.seed], answersOf(run, accuracy, run.correct, result.task.test))] : [];
    }),
};

export const FEDERATED_ERROR: Measure = {
  id: 'federated error',
  get name() {
    return MEASURE_WORDS.federated.error;
  },
  unit: 'seed',
  lowerIsBetter: true,
  images: () => null,
  values: (result, arm) =>
    averagedClients(result, arm).flatMap(({ seed, error }) => {
      const errors = error.flat();
      return errors.length > 0 ? [{ seeds: [seed], value: mean(errors), sensitivity: 0 }] : [];
    }),
};
