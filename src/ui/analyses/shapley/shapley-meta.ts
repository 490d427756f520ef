/** One line on the basis of the Shapley figures. */
import { fixed } from '../../../core/number-format.ts';
import { giniConcentration } from '../../../copra/shapley/concentration.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { spread } from '../../../state/summary/summary.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../../results/figure-meta.ts';
import { SHAPLEY_WORDS } from './messages.ts';

/** Images, seeds, estimator with its coalitions, the efficiency residual, and how unevenly the credit is spread. */
export function shapleyMeta({ shapley, config }: StudyResult): string {
  const [first] = shapley;
  if (!first) return '';
  const seeds = new Set(shapley.map((entry) => entry.seed)).size;
  const residual = Math.max(...shapley.map((entry) => Math.abs(entry.residual)));
  const gini = config.arms.flatMap(({ id, name }) => {
    const values = shapley.filter((entry) => entry.arm === id).map((entry) => giniConcentration(entry.accuracy));
    const mean = spread(values.filter((value) => value !== null))?.mean;
    return values.length > 0 ? [`${name} ${fixed(mean, 2)}`] : [];
  });
  // Arms that adapt other towers have other coalitions, and perhaps another estimator.
  const estimated = config.arms.flatMap(({ id, name }) => {
    const entry = shapley.find(({ arm }) => arm === id);
    if (!entry) return [];
    return [{ name, from: SHAPLEY_WORDS.estimatedFrom(SHAPLEY_WORDS.estimators[entry.estimator], entry.coalitions) }];
  });
  const isSame = estimated.every(({ from }) => from === estimated[0].from);
  return joinMeta(
    imagesMeta(first.images),
    seedsMeta(seeds),
    ...(isSame ? estimated.slice(0, 1) : estimated).map(({ name, from }) => (isSame ? from : `${name}: ${from}`)),
    SHAPLEY_WORDS.residual(fixed(100 * residual, residual < 5e-7 ? 0 : 4)),
    SHAPLEY_WORDS.gini(gini.join(', ')),
  );
}
