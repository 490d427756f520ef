import type { PartName } from '../../lessons/parts.ts';
import { scrollToPart } from './scroll-to-part.ts';

/** Long enough for the study and the figures that a lesson brings with it. */
const SETTLING_MS = 3000;
const TAKEN_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Keeps a part in view while what is above it comes, until the reader takes over. @returns what ends it */
export function keepInView(name: PartName): () => void {
  const watched = new ResizeObserver(() => scrollToPart(name, 'nearest'));
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
