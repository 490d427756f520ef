import { useEffect, useState, type RefObject } from 'react';

const LEAST = 160;

/** The height in pixels of an element that fills the remaining space; `usual` if it does not fill. */
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
