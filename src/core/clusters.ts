/**
 * Test images that come in clusters: pictures of one emoji in several styles, frames of one video. Here and on the page a cluster is a motif. Answers to
 * images of one motif are alike, so more of them say less than as many images of other motifs.
 */
import { mean } from './statistics.ts';

/** The test images behind a figure. */
export interface Drawn {
  readonly images: number;
  /** How many motifs they show: as many as images where each has its own. Null: nobody knows, and each image counts as its own. */
  readonly motifs: number | null;
}

/** The same, with what they say of one accuracy. */
export interface Sample extends Drawn {
  /** How many independent images would tell as much: Kish's (1965) effective sample size, images by design effect. */
  readonly effective: number;
}

/** Images each of which counts as its own motif. */
export const independentImages = (images: number): Sample => ({ images, motifs: null, effective: images });

/** Numbers of the same motifs from 0 on, in the order of their first images: those of the first images are a list of that kind too. */
export function denseMotifs(motifs: ArrayLike<number>): number[] {
  const known = new Map<number, number>();
  return Array.from(motifs, (motif) => {
    const number = known.get(motif) ?? known.size;
    known.set(motif, number);
    return number;
  });
}

/**
 * A row of influences by motif: y = m + (motifs / images) · Σ (x − m) over the images of a motif, m being the mean of the row. Its mean is m, and the ordinary variance of
 * its mean is the cluster-robust one, M/(M − 1) · Σ (Σ (x − m))² / N² (Liang & Zeger 1986; of readings, Obuchowski 1997). It is linear in x, so whatever is
 * estimated of a table of seeds by independent images is estimated of seeds by motifs in the same way.
 * @param byImage [images]
 * @param motifs of at least as many images, numbered from 0 on in any order; null: each image is its own
 * @returns [motifs]
 */
export function byMotif(byImage: Float64Array, motifs: ArrayLike<number> | null): Float64Array {
  const images = byImage.length;
  if (!motifs || motifs.length < images) return byImage;
  const centre = mean(byImage);
  /** By number of a motif. */
  const places: (number | undefined)[] = [];
  const sums: number[] = [];
  for (let i = 0; i < images; i++) {
    const place = (places[motifs[i]] ??= sums.push(0) - 1);
    sums[place] += byImage[i] - centre;
  }
  return Float64Array.from(sums, (deviation) => centre + (sums.length / images) * deviation);
}

/** Variance of the mean of independent values; null of fewer than two. */
export function varianceOfMean(values: Float64Array): number | null {
  const { length } = values;
  if (length < 2) return null;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < length; i++) squares += (values[i] - centre) ** 2;
  return squares / (length - 1) / length;
}

/**
 * By how much motifs raise the variance of a share (Kish 1965): its cluster-robust variance by that of as many independent images. Null where all answers
 * are equal, which says nothing of it.
 * @param answers [images], 0 or 1
 * @param motifs of at least as many images
 */
export function designEffect(answers: ArrayLike<number>, motifs: ArrayLike<number>): number | null {
  const row = Float64Array.from(answers);
  const independent = varianceOfMean(row);
  if (!independent) return null;
  // Of one motif nothing is known but that it counts once.
  const clustered = varianceOfMean(byMotif(row, motifs));
  return clustered === null ? row.length : clustered / independent;
}
