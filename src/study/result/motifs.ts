/** Which test images show the same motif, as results keep it. */

/** Of every test image the number of its motif. Where the answers to single images are not kept, how many motifs there are. */
export type Motifs = readonly number[] | number;

/** [images]; null where it is not known which images show the same motif. */
export const listedMotifs = (motifs: Motifs | undefined): readonly number[] | null =>
  motifs === undefined || typeof motifs === 'number' ? null : motifs;

/** How many motifs the first images show; null where that is not known. */
export function countMotifs(motifs: Motifs | undefined, images: number): number | null {
  if (motifs === undefined) return null;
  return typeof motifs === 'number' ? Math.min(motifs, images) : new Set(motifs.slice(0, images)).size;
}
