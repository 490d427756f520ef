/** Spectra of the updates of a trained adapter, projection by projection. */
import * as v from 'valibot';
import { PROJECTIONS } from '../../../core/adapter-layout.ts';
import { count, labelText, measure, numbers, player, shares } from '../../result/measured.ts';

export const SpectraResultSchema = v.object({
  arm: labelText,
  seed: count,
  /** The adapted projections. */
  maps: v.array(v.object({ ...player.entries, projection: v.picklist(PROJECTIONS) })),
  /** [maps × rank]: singular values of every ΔW, falling; 0 beyond the smaller side of ΔW. */
  singular: numbers,
  /** [maps]: share of the leading singular directions of W + ΔW that are unlike all of W. Absent if no direction was searched. */
  intruders: v.optional(shares),
  /**
   * [maps]: condition number of the P that aligns the factors with those of the arm's first run; null where there is no such P. Absent for the
   * first run.
   */
  condition: v.optional(v.array(v.nullable(measure))),
});
export type SpectraResult = v.InferOutput<typeof SpectraResultSchema>;
