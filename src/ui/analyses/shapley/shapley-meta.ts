/** One line on the basis of the Shapley figures. */
import { counted } from '../../../core/counted.ts';
import { giniConcentration } from '../../../copra/shapley/concentration.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { spread } from '../../../state/summary/summary.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../../results/figure-meta.ts';

export const ESTIMATOR_NAMES = {
  exact: 'exact',
  permutation: 'sampled orders',
  owen: 'Owen sampling',
  kernel: 'paired KernelSHAP',
  odd: 'paired + odd order 3',
} as const;

const numberOr = (value: number | undefined, digits: number): string =>
  value === undefined ? '–' : value.toFixed(digits);

/** Images, seeds, estimator with its coalitions, the efficiency residual, and how unevenly the credit is spread. */
export function shapleyMeta({ shapley, config }: StudyResult): string {
  const [first] = shapley;
  if (!first) return '';
  const seeds = new Set(shapley.map((entry) => entry.seed)).size;
  const residual = Math.max(...shapley.map((entry) => Math.abs(entry.residual)));
  const gini = config.arms.flatMap(({ id, name }) => {
    const values = shapley.filter((entry) => entry.arm === id).map((entry) => giniConcentration(entry.accuracy));
    const mean = spread(values.filter((value) => value !== null))?.mean;
    return values.length > 0 ? [`${name} ${numberOr(mean, 2)}`] : [];
  });
  return joinMeta(
    imagesMeta(first.images),
    seedsMeta(seeds),
    `${ESTIMATOR_NAMES[first.estimator]}, ${counted(first.coalitions, 'coalition')}`,
    `residual ${(100 * residual).toFixed(residual < 5e-7 ? 0 : 4)} points`,
    `Gini ${gini.join(', ')}`,
  );
}
