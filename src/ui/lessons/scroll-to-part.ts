import type { PagePart } from '../../lessons/parts.ts';

/** Brings a part of the page into view; smoothly unless the reader prefers calm. */
export function scrollToPart(name: PagePart, block: ScrollLogicalPosition = 'start'): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document
    .querySelector(`[data-lesson-target="${name}"]`)
    ?.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' });
}
