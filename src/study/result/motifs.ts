/** Which test images show the same motif, as results keep it. */

import { bundledById } from '../../data/bundled/tasks.ts';

/** Of every test image the number of its motif. Where the answers to single images are not kept, how many motifs there are. */
export type Motifs = readonly number[] | number;

/** [images]; null where it is not known which images show the same motif. */
export const listedMotifs = (motifs: Motifs | undefined): readonly number[] | null =>
  motifs === undefined || typeof motifs === 'number' ? null : motifs;

/** Whether each image counts as its own motif though several of a bundled task show one: results of earlier versions do not say which. */
export const countsOwnMotifs = (task: string, motifs: Motifs | undefined): boolean =>
  motifs === undefined && bundledById(task) !== undefined;

/** How many there are. */
export const countMotifs = (motifs: Motifs): number => (typeof motifs === 'number' ? motifs : new Set(motifs).size);

/** Whether they can be those of so many images. */
export const areMotifsOf = (motifs: Motifs, images: number): boolean =>
  typeof motifs === 'number' ? motifs >= Math.min(1, images) && motifs <= images : motifs.length === images;

/** Of results of the same images: a list says more than a number. Lists differ where two browsers decoded the same files: either one is of these images. */
export const unitedMotifs = <M extends Motifs>(...known: readonly (M | undefined)[]): { motifs?: M } => {
  const motifs = known.find((one) => typeof one === 'object') ?? known.find((one) => one !== undefined);
  return motifs === undefined ? {} : { motifs };
};
