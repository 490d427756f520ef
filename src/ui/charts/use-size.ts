/** Sizes of elements, measured on the page. */
import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { onPrinter } from '../printer.ts';

const widthListeners = new WeakMap<Element, (width: number) => void>();
/** What lies in a folded figure has none, and what has just come has none yet. */
const withoutWidth = new Set<Element>();
let widths: ResizeObserver | null = null;

function tellWidth(element: Element, width: number): void {
  if (width > 0) withoutWidth.delete(element);
  else withoutWidth.add(element);
  widthListeners.get(element)?.(Math.floor(width));
}

/**
 * One observer for all elements: it tells their widths after the layout of a frame and before its paint, all together. Asking each for its own when it
 * is mounted would lay the whole page out as many times.
 */
function widthObserver(): ResizeObserver {
  if (widths) return widths;
  // For a printer, what was folded, or has just come, is drawn without a further frame.
  onPrinter((isPaper) => {
    if (!isPaper) return;
    flushSync(() => {
      for (const element of withoutWidth) widthListeners.get(element)?.(element.clientWidth);
    });
  });
  return (widths = new ResizeObserver((entries) =>
    flushSync(() => {
      for (const { target, contentRect } of entries) tellWidth(target, contentRect.width);
    }),
  ));
}

/** The width of an element in whole pixels, before it is first painted and on every change; null until it is known, and where it is not `wanted`. */
export function useWidth(element: RefObject<HTMLElement | null>, wanted: boolean): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node || !wanted) return;
    widthListeners.set(node, setWidth);
    withoutWidth.add(node);
    widthObserver().observe(node);
    return () => {
      widthListeners.delete(node);
      withoutWidth.delete(node);
      widthObserver().unobserve(node);
    };
  }, [element, wanted]);
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
