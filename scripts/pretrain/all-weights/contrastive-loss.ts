/**
 * Symmetric contrastive loss (Radford et al. 2021) in which equal captions are shared positives.
 *
 * For B image-caption pairs, the scores are s_ij = e^logitScale · cos(image i, caption j). Both directions are cross-entropies with targets
 * spread evenly over all pairs with the same caption, and the loss is their mean. Equal captions have equal columns, so only the U distinct ones
 * are computed, weighted by their counts.
 */

export interface ContrastiveLoss {
  readonly loss: number;
  /** [B, U]: gradient with respect to the cosines. */
  readonly dCosines: Float32Array;
  readonly dLogitScale: number;
}

/**
 * @param cosines [B, U], row-major
 * @param captionOfImage [B], which of the U captions belongs to each image; every caption must occur
 */
export function contrastiveLoss(
  cosines: Float32Array | Float64Array,
  captionOfImage: Int32Array,
  logitScale: number,
): ContrastiveLoss {
  const images = captionOfImage.length;
  const captions = cosines.length / images;
  const factor = Math.exp(logitScale);
  const occurrences = new Float64Array(captions);
  for (const caption of captionOfImage) occurrences[caption]++;

  // exp(s − factor) never overflows, since cosines are at most 1; for factors up to 100 it does not vanish in float64 either.
  const powers = new Float64Array(images * captions);
  const rowSums = new Float64Array(images);
  const columnSums = new Float64Array(captions);
  for (let i = 0, at = 0; i < images; i++)
    for (let u = 0; u < captions; u++, at++) {
      const power = Math.exp(factor * (cosines[at] - 1));
      powers[at] = power;
      rowSums[i] += occurrences[u] * power;
      columnSums[u] += power;
    }

  let loss = 0;
  for (let u = 0; u < captions; u++) loss += occurrences[u] * Math.log(columnSums[u]);
  for (let i = 0; i < images; i++)
    loss += Math.log(rowSums[i]) - 2 * factor * (cosines[i * captions + captionOfImage[i]] - 1);

  const dCosines = new Float32Array(images * captions);
  const scale = factor / (2 * images);
  let dLogitScale = 0;
  for (let i = 0, at = 0; i < images; i++)
    for (let u = 0; u < captions; u++, at++) {
      const predicted = occurrences[u] * powers[at] * (1 / rowSums[i] + 1 / columnSums[u]);
      const gradient = scale * (predicted - (captionOfImage[i] === u ? 2 : 0));
      dCosines[at] = gradient;
      dLogitScale += gradient * cosines[at];
    }
  return { loss: loss / (2 * images), dCosines, dLogitScale };
}
