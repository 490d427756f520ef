/** What a result keeps of the memory that its training was planned to need. */
import * as v from 'valibot';
import { fixed, integer } from '../../core/number-format.ts';
import { count, measure } from './measured.ts';
import { MEMORY_WORDS } from './memory-words.ts';

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

/** 1,980,000,000 → "2.0 GB", 605,000,000 → "605 MB". */
export const amountText = (bytes: number): string =>
  bytes >= 1e9 ? `${fixed(bytes / 1e9, 1)} GB` : `${integer(Math.ceil(bytes / 1e6))} MB`;

/** "needs 1.9 GB of memory", and how it comes to be so little. */
export function memoryText({ bytes, uncut, runs, images, recomputed = 0 }: MemoryNote): string {
  const needs = MEMORY_WORDS.needs(amountText(bytes));
  const cut = MEMORY_WORDS.cut({ recomputed, images: images ?? null, runs: runs ?? null });
  return cut === '' ? needs : `${needs}, ${MEMORY_WORDS.instead(cut, amountText(uncut))}`;
}
