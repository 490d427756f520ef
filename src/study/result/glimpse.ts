/** What is seen of runs that still train. It is no part of a result. */
import type { LandscapeResult } from '../analyses/landscape/result.ts';

/** Pictures whose answers are followed: the first test images, a fair sample because tasks order their images by a hash. */
export const STRIP_PICTURES = 12;

/** Accuracy and loss along a path, as the landscape has them. */
export type CoarsePath = Pick<LandscapeResult, 'arm' | 'seeds' | 'path' | 'lambdas' | 'accuracy' | 'loss'>;

export interface Glimpse {
  /** Steps that were done. */
  readonly step: number;
  /** Per arm, its first seed's answers to the pictures of the strip. */
  readonly answers: readonly { readonly arm: string; readonly seed: number; readonly right: readonly boolean[] }[];
  /** Between the first two seeds of every arm, over `images` test images. */
  readonly paths: readonly CoarsePath[];
  readonly images: number;
}
