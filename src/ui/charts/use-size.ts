/** Sizes of elements, measured on the page. */
import { useLayoutEffect, useState, type RefObject, useEffect } from 'react';

/** The width of an element in pixels, measured before paint and on every change; null until it is mounted. */
export function useWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return;
    const measure = (): void => setWidth(Math.round(node.getBoundingClientRect().width));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

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
