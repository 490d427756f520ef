/** Whether the page turns into another language: then its parts mount anew, and none of them has been opened. */
import { createContext, use, useEffect, type RefObject } from 'react';

export const TurningContext = createContext<Readonly<RefObject<boolean>>>({ current: false });

/**
 * Focuses an element when its part opens and whenever `at` changes, for sighted and screen-reader users alike. Not in another language: the keyboard stays
 * at the button that was pressed for it.
 * @param at what the element begins, as the id of a step; null: nothing
 */
export function useFocusAt(element: RefObject<HTMLElement | null>, at: string | null): void {
  const turning = use(TurningContext);
  useEffect(() => {
    if (at !== null && !turning.current) element.current?.focus();
  }, [element, at, turning]);
}
