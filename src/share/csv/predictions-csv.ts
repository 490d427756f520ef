import { readAnswers, trueClasses, keptPlaces } from '../../study/predictions/answers.ts';
import type { Confusion } from '../../study/predictions/result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { csv, type Cell } from './csv.ts';
import { maskInTable } from './mask-in-table.ts';

/** One row per test picture and variant whose prediction is kept. */
export function predictionsCsv(result: StudyResult): string {
  const { predictions = [], task } = result;
  const labels = trueClasses(result) ?? new Uint8Array();
  const places = keptPlaces(result);
  const rows = predictions.flatMap(({ of, arm, seeds, name, answers }) => {
    const { predicted, certainty } = readAnswers(answers);
    return places.map((place, i): Cell[] => [
      ...[place + 1, task.classes[labels[place]], of, arm, seeds.join(' '), maskInTable(name)],
      task.classes[predicted[i]],
      Number(predicted[i] === labels[place]),
      Number((certainty[i] / 255).toFixed(3)),
    ]);
  });
  const head = ['picture', 'true_class', 'variant', 'arm', 'seeds', 'which', 'predicted', 'right', 'p_true'];
  return csv(head, rows);
}

/** One row per true class and predicted class of the backbone and of every arm. */
export const confusionsCsv = ({ task: { classes } }: StudyResult, confusions: readonly Confusion[]): string =>
  csv(
    ['arm', 'runs', 'true_class', 'predicted', 'pictures'],
    confusions.flatMap(({ arm, seeds, counts }) =>
      counts.map((count, i): Cell[] => [
        ...[arm ?? 'backbone', Math.max(1, seeds.length)],
        classes[Math.floor(i / classes.length)],
        classes[i % classes.length],
        count,
      ]),
    ),
  );
