import { useEffect, useState, type RefObject } from 'react';

const LEAST = 160;

/** The height of an element that takes the room left over, in pixels; `usual` where it need not. */
export function useFilledHeight(element: RefObject<HTMLElement | null>, fills: boolean, usual: number): number {
  const [height, setHeight] = useState(usual);
  useEffect(() => {
    if (!fills || !element.current) return;
    const observer = new ResizeObserver(([entry]) => setHeight(Math.max(LEAST, Math.floor(entry.contentRect.height))));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, fills]);
  return fills ? height : usual;
}
