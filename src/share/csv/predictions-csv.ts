import { readAnswers, trueClasses, keptPlaces } from '../../study/predictions/answers.ts';
import type { Confusion } from '../../study/predictions/result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { csv, type Cell } from './csv.ts';
import { maskInTable } from './mask-in-table.ts';

/** The id and the name of an arm of a result; empty for what is of no arm. */
const armCells = ({ config }: StudyResult, id: string | null): Cell[] => [
  id,
  config.arms.find((arm) => arm.id === id)?.name ?? null,
];

/**
 * One row per test picture and variant whose prediction is kept.
 * @param files of own images, in the order of the test images; absent: they are not known
 */
export function predictionsCsv(result: StudyResult, files?: readonly string[]): string {
  const { predictions = [], task } = result;
  const labels = trueClasses(result) ?? new Uint8Array();
  const places = keptPlaces(result);
  const rows = predictions.flatMap(({ of, arm, seeds, name, answers }) => {
    const { predicted, certainty } = readAnswers(answers);
    return places.map((place, i): Cell[] => [
      place + 1,
      ...(files ? [files[place]] : []),
      ...[task.classes[labels[place]], of, ...armCells(result, arm), seeds.join(' '), maskInTable(name)],
      task.classes[predicted[i]],
      Number(predicted[i] === labels[place]),
      Number((certainty[i] / 255).toFixed(3)),
    ]);
  });
  const head = ['true_class', 'variant', 'arm', 'arm_name', 'seeds', 'which', 'predicted', 'right', 'p_true'];
  return csv(['picture', ...(files ? ['file'] : []), ...head], rows);
}

/** One row per true class and predicted class of the backbone and of every arm. */
export const confusionsCsv = (result: StudyResult, confusions: readonly Confusion[]): string => {
  const { classes } = result.task;
  return csv(
    ['arm', 'arm_name', 'runs', 'true_class', 'predicted', 'pictures'],
    confusions.flatMap(({ arm, seeds, counts }) =>
      counts.map((count, i): Cell[] => [
        ...(arm === null ? ['backbone', null] : armCells(result, arm)),
        Math.max(1, seeds.length),
        classes[Math.floor(i / classes.length)],
        classes[i % classes.length],
        count,
      ]),
    ),
  );
};
