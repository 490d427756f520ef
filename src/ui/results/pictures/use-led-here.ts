import { useEffect, useRef, type RefObject } from 'react';
import { useStore } from 'zustand/react';
import { picturesStore } from '../../../state/pictures/pictures-store.ts';

/** Brings the figure into view, and the focus to it, when another figure leads the reader to it. */
export function useLedHere(figure: RefObject<HTMLElement | null>): void {
  const led = useStore(picturesStore, (state) => state.led);
  const seen = useRef(led);
  useEffect(() => {
    if (led === seen.current) return;
    seen.current = led;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    figure.current?.focus({ preventScroll: true });
    figure.current?.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  }, [figure, led]);
}
