/** The entries of one arm. */
import type { LandscapeResult } from '../analyses/landscape/result.ts';
import type { PruningResult } from '../analyses/pruning/result.ts';
import type { StudyResult } from './result.ts';

/** Paths of an arm; with unaligned factors unless an alignment is given. */
export const landscapesOf = (
  result: Pick<StudyResult, 'landscape'>,
  arm: string,
  path: LandscapeResult['path'],
  alignment?: LandscapeResult['alignment'],
): LandscapeResult[] =>
  result.landscape.filter((entry) => entry.arm === arm && entry.path === path && entry.alignment === alignment);

export const pruningsOf = (result: Pick<StudyResult, 'pruning'>, arm: string): PruningResult[] =>
  result.pruning.filter((entry) => entry.arm === arm);
