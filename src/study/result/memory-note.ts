/** What a result keeps of the memory that its training was planned to need. */
import * as v from 'valibot';
import { count, measure } from './measured.ts';

/** Bytes of the population that needs the most. */
export const MemoryNoteSchema = v.object({
  /** With the weights, and the images on the device. */
  bytes: measure,
  /** All at once, and with everything kept that a backward reads. */
  uncut: measure,
  /** What the device may be asked for. */
  limit: measure,
  /** Runs and images of a run that pass through the towers together; absent: all. */
  runs: v.optional(count),
  images: v.optional(count),
  /** Blocks of both towers that are computed again in the backward; absent: none. */
  recomputed: v.optional(count),
});
export type MemoryNote = v.InferOutput<typeof MemoryNoteSchema>;
