import type { PartName } from '../../lessons/parts.ts';
import { scrollToPart } from './scroll-to-part.ts';

/** Long enough for the study and the figures that a lesson brings with it, and for those that come now because they are led to. */
const SETTLING_MS = 3000;
const TAKEN_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Brings a part into view, and keeps it there while what is above it comes, until the reader takes over. @returns what ends it */
export function keepInView(name: PartName, block: ScrollLogicalPosition = 'nearest'): () => void {
  const watched = new ResizeObserver(() => scrollToPart(name, block));
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
    watched.disconnect();
  };
  watched.observe(document.body);
  setTimeout(end, SETTLING_MS);
  for (const event of TAKEN_OVER) addEventListener(event, end, { passive: true, signal: ended.signal });
  return end;
}
