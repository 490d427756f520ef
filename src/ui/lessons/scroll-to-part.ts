import type { PartName } from '../../lessons/parts.ts';
import { bringDeferredParts } from '../deferred-part.tsx';

const pixels = (length: string): number => Number.parseFloat(length) || 0;

/** Whether a part has room between what covers the window above and below. */
function fits(part: Element): boolean {
  const { scrollMarginTop, scrollMarginBottom } = getComputedStyle(part);
  const { scrollPaddingTop } = getComputedStyle(document.documentElement);
  const room = window.innerHeight - pixels(scrollPaddingTop) - pixels(scrollMarginTop) - pixels(scrollMarginBottom);
  return part.getBoundingClientRect().height <= room;
}

const partNamed = (name: PartName): Element | null => document.querySelector(`[data-lesson-target="${name}"]`);

/** Unfolds the figures of a part; false: they were open. */
function unfold(part: Element): boolean {
  const folded = part.querySelectorAll<HTMLElement>('[data-unfolds]');
  for (const button of folded) button.click();
  return folded.length > 0;
}

/** Brings a part of the page into view, unfolded, one that is taller than the window by its start; smoothly unless the reader prefers calm. */
export function scrollToPart(name: PartName, block: ScrollLogicalPosition = 'start'): void {
  void bringDeferredParts(); // those above it decide where it is
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const part = partNamed(name);
  if (!part) return;
  // What unfolds grows downwards, after this.
  const isWhole = !unfold(part) && fits(part);
  part.scrollIntoView({ block: isWhole ? block : 'start', behavior: calm ? 'auto' : 'smooth' });
}

/** Goes to a part at once, unless its start is in the upper half of the window already. */
export function comeToPart(name: PartName): void {
  const part = partNamed(name);
  if (!part) return;
  const { top } = part.getBoundingClientRect();
  if (top < 0 || top > window.innerHeight / 2) part.scrollIntoView({ block: 'start', behavior: 'instant' });
}
