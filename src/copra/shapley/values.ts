/** Shapley values of an evaluated plan, and their errors. */
import { byMotif, varianceOfMean } from '../../core/clusters.ts';
import { maskOfGates } from './coalitions.ts';
import type { ShapleyPlan } from './plan.ts';

/** φ = W · v, [players]. @param values one per coalition of the plan, in its order */
export function shapleyValues(plan: ShapleyPlan, values: ArrayLike<number>): Float64Array {
  const count = plan.coalitions.length;
  if (values.length !== count) throw new RangeError(`Expected ${count} coalition values, got ${values.length}.`);
  return Float64Array.from({ length: plan.players }, (_, player) => {
    let sum = 0;
    for (let c = 0; c < count; c++) sum += plan.weights[player * count + c] * values[c];
    return sum;
  });
}

/** Shapley values of a game given as a table by bit mask (bit i = player i): float64. */
export function shapleyOfTable(plan: ShapleyPlan, valueByMask: ArrayLike<number>): Float64Array {
  const values = plan.coalitions.map((gates) => valueByMask[maskOfGates(gates)]);
  return shapleyValues(plan, values);
}

/** v(all) − v(none) − Σφ: 0 up to rounding for every plan here. */
export function efficiencyResidual(plan: ShapleyPlan, values: ArrayLike<number>, phi: ArrayLike<number>): number {
  let residual = values[plan.coalitions.length - 1] - values[0];
  for (let player = 0; player < plan.players; player++) residual -= phi[player];
  return residual;
}

/**
 * Adds what one coalition contributes to the Shapley values of every image: its values times its weights.
 * @param row [images]: the values of coalition `c` of the plan
 * @param perImage [players, images]
 */
export function addCoalition(plan: ShapleyPlan, c: number, row: Float32Array, perImage: Float64Array): void {
  const { players, weights } = plan;
  const images = row.length;
  const count = plan.coalitions.length;
  for (let player = 0; player < players; player++) {
    const weight = weights[player * count + c];
    if (weight === 0) continue;
    const sums = perImage.subarray(player * images, (player + 1) * images);
    for (let image = 0; image < images; image++) sums[image] += weight * row[image];
  }
}

/**
 * Mean over images, and its standard error: the value of a coalition is a mean over images, so φ is a mean of per-image φ, and their spread is the error due to
 * the choice of test images.
 * @param perImage [players, images]
 * @param motifs of the images, which are no independent draws where they share one (core/clusters.ts); null: each is its own
 * @returns values and dataError [players]; the error is NaN for a single image, or motif
 */
export function overImages(
  perImage: Float64Array,
  players: number,
  motifs: ArrayLike<number> | null = null,
): { readonly values: Float64Array; readonly dataError: Float64Array } {
  const images = perImage.length / players;
  const values = new Float64Array(players);
  const dataError = new Float64Array(players);
  for (let player = 0; player < players; player++) {
    const own = perImage.subarray(player * images, (player + 1) * images);
    values[player] = own.reduce((sum, value) => sum + value, 0) / images;
    dataError[player] = Math.sqrt(varianceOfMean(byMotif(own, motifs)) ?? NaN);
  }
  return { values, dataError };
}
