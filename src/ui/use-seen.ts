import { useEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { onPrinter } from './printer.ts';

interface Seeing {
  /** False: the element is not rendered yet. */
  readonly isThere?: boolean;
  /** Distance above and below the window within which it is about to be seen. */
  readonly near?: string;
}

/** Whether an element has come into view, or close to it, or a printer comes, which sees all; true from then on. */
export function useSeen(
  element: RefObject<HTMLElement | null>,
  { isThere = true, near = '300px' }: Seeing = {},
): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const node = element.current;
    if (isSeen || !node) return;
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && setSeen(true), { rootMargin: near });
    observer.observe(node);
    const leave = onPrinter(() => flushSync(() => setSeen(true)));
    return () => {
      observer.disconnect();
      leave();
    };
  }, [element, isThere, near, isSeen]);
  return isSeen;
}
