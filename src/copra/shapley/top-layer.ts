/** Pictures grouped by the layer that answers most for them. */

export interface LayerGroup {
  /** Index of the layer. */
  readonly layer: number;
  /** Indices of the images, those first that owe it most. */
  readonly images: readonly number[];
}

/**
 * @param credit [layers][images]: Shapley values of every image
 * @param least what a layer adds at least to an image that it helps
 * @returns groups in the order of the layers; images that no layer helps so much are in none
 */
export function byTopLayer(credit: readonly ArrayLike<number>[], least: number): LayerGroup[] {
  const images = credit[0]?.length ?? 0;
  const topOf = (image: number): number =>
    credit.reduce((best, row, layer) => (row[image] > credit[best][image] ? layer : best), 0);
  const tops = Array.from({ length: images }, (_, image) => ({ image, layer: topOf(image) }));
  return credit.flatMap((row, layer) => {
    const own = tops.filter((top) => top.layer === layer && row[top.image] >= least).map(({ image }) => image);
    return own.length > 0 ? [{ layer, images: own.toSorted((a, b) => row[b] - row[a] || a - b) }] : [];
  });
}
