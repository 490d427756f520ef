/** Half-way between two runs, λ = ½. */

/** The points of a path around λ = ½ with their weights: one point of weight 1 if the grid contains λ = ½, none if the grid ends before it. */
export function midpointWeights(lambdas: readonly number[]): { readonly point: number; readonly weight: number }[] {
  const above = lambdas.findIndex((lambda) => lambda >= 0.5);
  if (above < 0) return [];
  if (above === 0 || lambdas[above] === 0.5) return [{ point: above, weight: 1 }];
  const weight = (0.5 - lambdas[above - 1]) / (lambdas[above] - lambdas[above - 1]);
  return [
    { point: above - 1, weight: 1 - weight },
    { point: above, weight },
  ];
}

/** The value at λ = ½, interpolated between the two nearest grid points if necessary; NaN if the grid ends before it. */
export function midpointValue(lambdas: readonly number[], values: readonly number[]): number {
  const weights = midpointWeights(lambdas);
  return weights.length > 0 ? weights.reduce((sum, { point, weight }) => sum + weight * values[point], 0) : NaN;
}
