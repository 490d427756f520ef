import type { SpectraResult } from './result.ts';

/** The singular values of one projection. */
export function spectrumOf({ maps, singular }: SpectraResult, map: number): readonly number[] {
  const rank = singular.length / maps.length;
  return singular.slice(map * rank, (map + 1) * rank);
}
