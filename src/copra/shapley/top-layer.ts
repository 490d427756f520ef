/** Pictures grouped by the layer that answers most for them. */

export interface LayerGroup {
  /** Index of the layer. */
  readonly layer: number;
  /** Indices of the images, those first that owe it most. */
  readonly images: readonly number[];
}

/** Credit below this is rounding: a single image contributes more. */
const ROUNDING = 1e-6;

/**
 * @param credit [layers][images]: Shapley values of every image
 * @returns groups in the order of the layers; images that no layer helps are in none
 */
export function byTopLayer(credit: readonly ArrayLike<number>[]): LayerGroup[] {
  const images = credit[0]?.length ?? 0;
  const topOf = (image: number): number =>
    credit.reduce((best, row, layer) => (row[image] > credit[best][image] ? layer : best), 0);
  const tops = Array.from({ length: images }, (_, image) => ({ image, layer: topOf(image) }));
  return credit.flatMap((row, layer) => {
    const own = tops.filter((top) => top.layer === layer && row[top.image] > ROUNDING).map(({ image }) => image);
    return own.length > 0 ? [{ layer, images: own.toSorted((a, b) => row[b] - row[a] || a - b) }] : [];
  });
}
