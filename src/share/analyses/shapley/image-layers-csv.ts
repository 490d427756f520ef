import { imageCredit } from '../../../study/analyses/shapley/per-image.ts';
import { keptPlaces, trueClasses } from '../../../study/predictions/answers.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per run, layer and picture whose Shapley values are kept. */
export function imageLayersCsv(result: Pick<StudyResult, 'shapley' | 'config' | 'task'>): string {
  const nameOf = armsInTable(result);
  const labels = trueClasses(result);
  const rows = result.shapley.flatMap((run) => {
    const credit = imageCredit(run, keptPlaces(result));
    if (!credit) return [];
    return credit.players.flatMap(({ tower, layer }, player) =>
      credit.places.map((place, i): Cell[] => [
        ...[place + 1, labels ? result.task.classes[labels[place]] : null, nameOf(run.arm), run.seed],
        ...[tower, layer + 1, credit.accuracy[player][i], credit.loss[player][i]],
      ]),
    );
  });
  return csv(['picture', 'true_class', 'arm', 'seed', 'tower', 'layer', 'accuracy', 'negative_loss'], rows);
}
