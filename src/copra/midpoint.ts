/** Half-way between two runs, λ = ½. */

/** The points of a path around λ = ½ with their weights: one of weight 1 where the grid has it, none where it ends before. */
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

/** The value at λ = ½, interpolated between the two nearest points where the grid has none there; NaN where it ends before. */
export function midpointValue(lambdas: readonly number[], values: readonly number[]): number {
  const weights = midpointWeights(lambdas);
  return weights.length > 0 ? weights.reduce((sum, { point, weight }) => sum + weight * values[point], 0) : NaN;
}
