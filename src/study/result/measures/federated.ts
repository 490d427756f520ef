/** Figures of federated training. */
import { mean } from '../../../core/statistics.ts';
import { alikeRounds, COMPARED_RULE } from '../../analyses/federated/alike-rounds.ts';
import { comparedRuns, type ComparedRuns } from '../../analyses/federated/compared.ts';
import type { StudyConfig } from '../../config/config.ts';
import type { StudyResult } from '../result.ts';
import { answersOf, finite, oneAccuracy, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { drawnImages } from './sample.ts';

/** Whether a study averages some clients' A and B as they are: what both figures are about. */
export const averagesClients = ({ federated }: StudyConfig['analyses']): boolean =>
  federated?.enabled === true && federated.rules.includes(COMPARED_RULE);

/** Whether a result holds such runs, or awaits them. */
export const hasAveragedClients = ({ config, federated }: StudyResult): boolean =>
  federated?.runs.some(({ rule }) => rule === COMPARED_RULE) ?? averagesClients(config.analyses);

/** Whether a result tells how long errors are, which links and earlier versions do not, or will. */
export const hasAveragingErrors = ({ config, federated }: StudyResult): boolean =>
  federated?.runs.some(({ rule, norms }) => rule === COMPARED_RULE && norms) ?? averagesClients(config.analyses);

/** Of what can be compared, the runs of an arm under the rule that is. */
const averagedRuns = ({ runs }: ComparedRuns, arm: string) =>
  runs.filter((run) => run.arm === arm && run.rule === COMPARED_RULE);

export const FEDERATED_ACCURACY: Measure = {
  id: 'federated accuracy',
  get name() {
    return MEASURE_WORDS.federated.accuracy;
  },
  unit: 'seed',
  lowerIsBetter: false,
  sample: drawnImages,
  values(result, arm) {
    const compared = comparedRuns(result);
    const { rounds } = compared;
    return averagedRuns(compared, arm).flatMap((run) => {
      const accuracy = run.accuracy[rounds - 1];
      // Answers are kept of the last round only.
      const correct = run.accuracy.length === rounds ? run.correct : undefined;
      return finite(accuracy) ? [oneAccuracy([run.seed], answersOf(run, accuracy, correct, result.task))] : [];
    });
  },
};

/** What averaging A and B gets wrong in one run, over the rounds in which arms are compared. */
export interface AveragingError {
  readonly seed: number;
  /**
   * ‖E‖ as a share of half the squared distance m that clients move. E = Σ pₖ(Bₖ − B)(Aₖ − A) is of second order in it: by m alone it would fall with m. And it is at
   * most Σ pₖ‖Bₖ − B‖‖Aₖ − A‖ ≤ ½ Σ pₖ(‖Bₖ − B‖² + ‖Aₖ − A‖²) ≤ m²/2 of clients that all move m.
   */
  readonly error: number;
  /** ‖Σ pₖBₖAₖ‖ */
  readonly update: number;
}

/** Of the runs of an arm; none where the result does not keep how long errors are, but only what share of the update. */
export function averagingErrors(compared: ComparedRuns, arm: string, rounds = alikeRounds(compared)): AveragingError[] {
  return averagedRuns(compared, arm).flatMap(({ seed, norms, movement }) => {
    const known = rounds.filter((round) => finite(norms?.error[round]) && movement[round] > 0);
    if (!norms || known.length === 0) return [];
    return [
      {
        seed,
        error: mean(known.map((round) => norms.error[round] / (movement[round] ** 2 / 2))),
        update: mean(known.map((round) => norms.update[round])),
      },
    ];
  });
}

export const FEDERATED_ERROR: Measure = {
  // “federated error” was the share of the update, “federated error by movement” that of the distance itself.
  id: 'federated error by squared movement',
  get name() {
    return MEASURE_WORDS.federated.error;
  },
  unit: 'seed',
  lowerIsBetter: true,
  sample: () => null,
  values: (result, arm) =>
    averagingErrors(comparedRuns(result), arm).map(({ seed, error }) => ({
      seeds: [seed],
      value: error,
      sensitivity: 0,
    })),
};
