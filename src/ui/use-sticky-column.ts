import { useEffect, useRef, type RefObject } from 'react';

const HEADER = 57;
const GAP = 14;

/**
 * Keeps a column in view while a longer one scrolls past, without its own scrollbar. A column that fits stays below the header; a taller one
 * scrolls until its end is reached.
 */
export function useStickyColumn<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    const column = ref.current;
    if (!column) return;
    const place = () => {
      column.style.top = `${Math.min(HEADER + GAP, window.innerHeight - column.offsetHeight - GAP)}px`;
    };
    const observer = new ResizeObserver(place);
    observer.observe(column);
    window.addEventListener('resize', place);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', place);
    };
  }, []);
  return ref;
}
