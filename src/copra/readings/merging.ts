import { NOTHING_YET, counted, listed, meanOfKnown, percent, sampling, sentence } from './words.ts';
import { binomialStandardError } from '../../core/statistics.ts';

export interface MergedRuns {
  /** Of the arm, or of what was merged. */
  readonly name: string;
  /** Test accuracies of the runs that were merged. */
  readonly runs: readonly number[];
  readonly ensemble: number | null;
  readonly merges: readonly { readonly method: string; readonly alignment: string; readonly accuracy: number }[];
}

/**
 * What merging keeps: the two plain averages, which involve no choice, and how many of all ways come up to the single runs. The best way is not
 * named: it was chosen among many on the same test images.
 */
export function mergingReading(groups: readonly MergedRuns[], images: number): string {
  const measured = groups.filter(({ runs, merges }) => runs.length > 0 && merges.length > 0);
  if (measured.length === 0) return NOTHING_YET;
  const per = (values: readonly (number | null)[]): string =>
    listed(
      values.flatMap((value, i) => {
        if (value === null) return [];
        return [measured.length > 1 ? `${percent(value, 1)} (${measured[i].name})` : percent(value, 1)];
      }),
    );
  const accuracyOf = (method: string, alignment = 'none') =>
    measured.map(({ merges }) => {
      const found = merges.find((merge) => merge.method === method && merge.alignment === alignment);
      return found ? found.accuracy : null;
    });
  const said = (what: string, values: readonly (number | null)[]): string =>
    values.every((value) => value === null) ? '' : `${what} ${per(values)}`;
  const single = measured.map(({ runs }) => meanOfKnown(runs) ?? NaN);
  const level = measured.map(({ merges }, i) => {
    const bar = single[i] - binomialStandardError(single[i], images);
    return merges.filter(({ accuracy }) => accuracy >= bar).length;
  });
  const counts = measured.map(({ runs }) => runs.length);
  const sources = new Set(counts).size === 1 ? counted(counts[0], 'run') : 'the runs';
  const ways = Math.max(...measured.map(({ merges }) => merges.length));
  return sentence([
    `${sources} merged into one, against ${per(single)} for a single run on average`,
    said('averaging A and B gives', accuracyOf('factors')),
    said('the same with A and B rotated onto one another first', accuracyOf('factors', 'orthogonal')),
    said('averaging the updates', accuracyOf('updates')),
    said(
      'the ensemble of logits',
      measured.map(({ ensemble }) => ensemble),
    ),
    `within one sampling error of a single run or above: ${listed(
      level.map((count, i) =>
        measured.length > 1
          ? `${count} of ${measured[i].merges.length} ways (${measured[i].name})`
          : `${count} of ${ways} ways`,
      ),
    )} (${sampling(single[0], images)})`,
  ]);
}
