import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/**
 * One row per layer, or projection of a layer, at every analysed step; an empty step means the last one. The errors are standard errors; those over coalitions
 * are a part of them. The loss columns value −loss.
 */
export function shapleyCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = result.shapley.flatMap(({ evolution = [], coalitionError, ...values }) => {
    const stages = [
      ...evolution.map((stage) => ({ ...stage, errors: undefined })),
      { ...values, step: null, errors: coalitionError },
    ];
    return stages.flatMap(({ step, accuracy, accuracyError, loss, lossError, errors }) =>
      values.players.map(({ tower, layer, projection }, i): Cell[] => [
        ...[nameOf(values.arm), values.seed, step, tower, layer + 1, projection ?? null, values.estimator],
        ...[accuracy[i] ?? null, accuracyError[i] ?? null, errors?.accuracy[i] ?? null],
        ...[loss[i] ?? null, lossError[i] ?? null, errors?.loss[i] ?? null],
      ]),
    );
  });
  const header = ['arm', 'seed', 'step', 'tower', 'layer', 'projection', 'estimator'];
  const ofAccuracy = ['accuracy', 'accuracy_error', 'accuracy_error_of_coalitions'];
  return csv(
    [...header, ...ofAccuracy, 'negative_loss', 'negative_loss_error', 'negative_loss_error_of_coalitions'],
    rows,
  );
}
