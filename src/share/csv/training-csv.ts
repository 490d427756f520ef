import type { StudyResult } from '../../study/result/result.ts';
import { armsInTable } from './arms-in-table.ts';
import { csv, type Cell } from './csv.ts';

/** Mean training losses, validation points and the test figures of every run; a diverged run has the step of its divergence instead of a test. */
export function trainingCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = result.runs.flatMap(
    ({ arm: id, seed, lossSteps, losses, validation, steps, test, diverged, takenAt }): Cell[][] => {
      const arm = nameOf(id);
      return [
        ...losses.map((loss, i) => [arm, seed, 'train', lossSteps[i] ?? null, loss, null]),
        ...validation.map(({ step, accuracy, loss }) => [arm, seed, 'validation', step, loss, accuracy]),
        ...(test ? [[arm, seed, 'test', takenAt ?? steps, test.loss, test.accuracy]] : []),
        ...(diverged === undefined ? [] : [[arm, seed, 'diverged', diverged, null, null]]),
      ];
    },
  );
  return csv(['arm', 'seed', 'split', 'step', 'loss', 'accuracy'], rows);
}
