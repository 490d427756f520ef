import { readAnswers, trueClasses, keptPlaces } from '../../study/predictions/answers.ts';
import type { Confusion } from '../../study/predictions/result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { armsInTable } from './arms-in-table.ts';
import { csv, type Cell } from './csv.ts';
import { maskInTable } from './mask-in-table.ts';

/**
 * One row per test picture and variant whose prediction is kept.
 * @param files of own images, in the order of the test images; absent: they are not known
 */
export function predictionsCsv(result: StudyResult, files?: readonly string[]): string {
  const { predictions = [], task } = result;
  const nameOf = armsInTable(result);
  const labels = trueClasses(result) ?? new Uint8Array();
  const places = keptPlaces(result);
  const rows = predictions.flatMap(({ of, arm, seeds, name, answers }) => {
    const { predicted, certainty } = readAnswers(answers);
    return places.map((place, i): Cell[] => [
      place + 1,
      ...(files ? [files[place]] : []),
      ...[task.classes[labels[place]], of, arm === null ? null : nameOf(arm), seeds.join(' '), maskInTable(name)],
      task.classes[predicted[i]],
      Number(predicted[i] === labels[place]),
      Number((certainty[i] / 255).toFixed(3)),
    ]);
  });
  const head = ['true_class', 'variant', 'arm', 'seeds', 'which', 'predicted', 'right', 'p_true'];
  return csv(['picture', ...(files ? ['file'] : []), ...head], rows);
}

/** One row per true class and predicted class of the backbone and of every arm. */
export const confusionsCsv = (result: StudyResult, confusions: readonly Confusion[]): string => {
  const nameOf = armsInTable(result);
  const { classes } = result.task;
  return csv(
    ['arm', 'runs', 'true_class', 'predicted', 'pictures'],
    confusions.flatMap(({ arm, seeds, counts }) =>
      counts.map((count, i): Cell[] => [
        arm === null ? 'backbone' : nameOf(arm),
        Math.max(1, seeds.length),
        classes[Math.floor(i / classes.length)],
        classes[i % classes.length],
        count,
      ]),
    ),
  );
};
