/** The best and the worst set of k layers, given the value of every coalition. */
import { mean } from '../../core/statistics.ts';
import { coalitionSizes } from '../shapley/coalitions.ts';

/**
 * The bit mask of the k players whose coalition has the highest (or lowest) value, averaged over tables; ties go to the lower mask. The
 * mask is selected on these same values, so its value is optimistic (or pessimistic) for other images.
 * @param tables one per run, [2^players], by bit mask, bit i = player i
 * @throws RangeError when there is no table, the tables differ in length, or k lies outside 0 … players.
 */
export function extremeCoalition(tables: readonly ArrayLike<number>[], kept: number, which: 'best' | 'worst'): number {
  const length = tables.length > 0 ? tables[0].length : 0;
  const players = Math.log2(length);
  if (!Number.isInteger(players) || tables.some((table) => table.length !== length))
    throw new RangeError(
      `Coalition tables need one length, a power of two, got ${tables.map((t) => t.length).join(', ')}.`,
    );
  if (!(kept >= 0 && kept <= players)) throw new RangeError(`Cannot keep ${kept} of ${players} players.`);
  const sign = which === 'best' ? 1 : -1;
  let chosen = 0;
  let extreme = -Infinity;
  coalitionSizes(players).forEach((size, mask) => {
    if (size !== kept) return;
    const value = sign * mean(tables.map((table) => table[mask]));
    if (value > extreme) [chosen, extreme] = [mask, value];
  });
  return chosen;
}
