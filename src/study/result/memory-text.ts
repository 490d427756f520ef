/** A note of memory as a sentence. */
import { fixed, integer } from '../../core/number-format.ts';
import type { MemoryNote } from './memory-note.ts';
import { MEMORY_WORDS } from './memory-words.ts';

/** 1,980,000,000 → "2.0 GB", 605,000,000 → "605 MB". */
export const amountText = (bytes: number): string =>
  bytes >= 1e9 ? `${fixed(bytes / 1e9, 1)} GB` : `${integer(Math.ceil(bytes / 1e6))} MB`;

/** How steps are cut to fit, and what they would need otherwise; null where they are not cut. */
export function cutText({ uncut, runs, images, recomputed = 0 }: MemoryNote): string | null {
  const cut = MEMORY_WORDS.cut({ recomputed, images: images ?? null, runs: runs ?? null });
  return cut === '' ? null : MEMORY_WORDS.instead(cut, amountText(uncut));
}

/** "needs 1.9 GB of memory", and how it comes to be so little. */
export function memoryText(note: MemoryNote): string {
  const needs = MEMORY_WORDS.needs(amountText(note.bytes));
  const cut = cutText(note);
  return cut === null ? needs : `${needs}, ${cut}`;
}
