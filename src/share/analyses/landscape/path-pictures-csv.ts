import {
  pathKinds,
  pathPictures,
  rightCounts,
  type PathParts,
} from '../../../study/analyses/landscape/path-pictures.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per kept test picture, arm, kind of path and λ: in how many pairs of seeds it is right. */
export function pathPicturesCsv(result: PathParts): string {
  const { task, config, landscape } = result;
  const nameOf = armsInTable(result);
  const rows = pathKinds(landscape).flatMap((kind) =>
    config.arms.flatMap(({ id }) => {
      const pictures = pathPictures(result, kind, id);
      if (!pictures) return [];
      const { places, labels, lambdas, pairs } = pictures;
      return rightCounts(pictures).flatMap((counts, point) =>
        counts.map((count, i): Cell[] => [
          ...[places[i] + 1, labels ? task.classes[labels[i]] : null, nameOf(id)],
          ...[kind.path, kind.alignment ?? 'none', lambdas[point], count, pairs.length],
        ]),
      );
    }),
  );
  return csv(['picture', 'true_class', 'arm', 'path', 'alignment', 'lambda', 'pairs_right', 'pairs'], rows);
}
