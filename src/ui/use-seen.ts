import { useEffect, useState, type RefObject } from 'react';

/** Pixels above and below the window within which an element is about to be seen. */
const NEAR = '300px';

/**
 * Whether an element has come into view, or close to it; true from then on.
 * @param isThere false: the element is not rendered yet
 */
export function useSeen(element: RefObject<HTMLElement | null>, isThere = true): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const node = element.current;
    if (isSeen || !node) return;
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && setSeen(true), { rootMargin: NEAR });
    observer.observe(node);
    return () => observer.disconnect();
  }, [element, isThere, isSeen]);
  return isSeen;
}
