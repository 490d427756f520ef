/** Tables of what the values of all coalitions say. The errors are standard errors over images. */
import { pairsOf } from '../../../core/pairs.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per run and pair of layers: the Shapley interaction index in accuracy and in −loss. */
export function interactionsCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = result.shapley.flatMap(({ arm, seed, players, everyCoalition }) => {
    if (!everyCoalition) return [];
    const { accuracy, accuracyError, loss, lossError } = everyCoalition.interactions;
    return pairsOf(players).map(([first, second], pair): Cell[] => [
      ...[nameOf(arm), seed, first.tower, first.layer + 1, second.tower, second.layer + 1],
      ...[accuracy, accuracyError, loss, lossError].map((values) => values[pair] ?? null),
    ]);
  });
  const header = ['arm', 'seed', 'tower', 'layer', 'other_tower', 'other_layer'];
  return csv([...header, 'accuracy', 'accuracy_error', 'negative_loss', 'negative_loss_error'], rows);
}

/** One row per run, kind of set and number of layers on; `layers` names the best set on all images, as tower and layer. */
export function layerSetsCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = result.shapley.flatMap(({ arm, seed, players, everyCoalition }) => {
    if (!everyCoalition) return [];
    return (['first', 'last', 'best', 'mean'] as const).flatMap((kind) =>
      everyCoalition[kind].accuracy.map((accuracy, size): Cell[] => {
        const mask = everyCoalition.bestMasks[size] ?? 0;
        const on = players
          .filter((_, player) => (mask >> player) & 1)
          .map(({ tower, layer }) => `${tower} ${layer + 1}`);
        const loss = everyCoalition[kind].loss[size] ?? null;
        return [nameOf(arm), seed, kind, size, accuracy, loss, kind === 'best' ? on.join(' ') : null];
      }),
    );
  });
  return csv(['arm', 'seed', 'set', 'layers_on', 'accuracy', 'loss', 'layers'], rows);
}
