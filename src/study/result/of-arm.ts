/** The entries of one arm. */
import type { LandscapeResult } from '../analyses/landscape/result.ts';
import type { PruningResult } from '../analyses/pruning/result.ts';
import type { StudyResult } from './result.ts';

/** Paths of an arm; with unaligned factors unless an alignment is given. */
export const landscapesOf = <Path extends Pick<LandscapeResult, 'arm' | 'path' | 'alignment'>>(
  result: { readonly landscape: readonly Path[] },
  arm: string,
  path: LandscapeResult['path'],
  alignment?: LandscapeResult['alignment'],
): Path[] =>
  result.landscape.filter((entry) => entry.arm === arm && entry.path === path && entry.alignment === alignment);

export const pruningsOf = (result: Pick<StudyResult, 'pruning'>, arm: string): PruningResult[] =>
  result.pruning.filter((entry) => entry.arm === arm);
