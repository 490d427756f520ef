import { counted } from '../../core/counted.ts';
import { NOTHING_YET, eachOf, meanOfKnown, sampling, sentence } from './words.ts';
import { binomialStandardError } from '../../core/statistics.ts';

interface MergedRuns {
  /** Name of the arm, or of the merged group. */
  readonly name: string;
  /** Test accuracies of the runs that were merged. */
  readonly runs: readonly number[];
  readonly ensemble: number | null;
  readonly merges: readonly { readonly method: string; readonly alignment: string; readonly accuracy: number }[];
}

/**
 * Reading of merging: the two plain averages, which involve no choice, and how many of all methods reach the single runs. The best method
 * is not named, because it would be selected on the same test images.
 */
export function mergingReading(groups: readonly MergedRuns[], images: number): string {
  const measured = groups.filter(({ runs, merges }) => runs.length > 0 && merges.length > 0);
  if (measured.length === 0) return NOTHING_YET;
  const names = `${measured.map(({ name }) => name).join(' / ')}: `;
  const accuracyOf = (method: string, alignment = 'none') =>
    measured.map(({ merges }) => {
      const found = merges.find((merge) => merge.method === method && merge.alignment === alignment);
      return found ? found.accuracy : null;
    });
  const said = (what: string, values: readonly (number | null)[]): string[] =>
    values.every((value) => value === null) ? [] : [`${what} ${eachOf(values)}`];
  const single = measured.map(({ runs }) => meanOfKnown(runs) ?? NaN);
  const level = measured.map(({ merges }, i) => {
    const bar = single[i] - binomialStandardError(single[i], images);
    return merges.filter(({ accuracy }) => accuracy >= bar).length;
  });
  const ways = Math.max(...measured.map(({ merges }) => merges.length));
  const figures = [
    ...said('a single run', single),
    ...said('A and B averaged', accuracyOf('factors')),
    ...said('rotated onto one another first', accuracyOf('factors', 'orthogonal')),
    ...said('updates averaged', accuracyOf('updates')),
    ...said(
      'ensemble of logits',
      measured.map(({ ensemble }) => ensemble),
    ),
  ];
  return sentence([
    `${names}${figures.join(', ')}`,
    `${level.join(' / ')} of ${counted(ways, 'merge')} come within the sampling error of a single run (${sampling(single[0], images)})`,
  ]);
}
