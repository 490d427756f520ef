import { useEffect, useState, type RefObject } from 'react';

/** A mouse that crosses a chart on its way is gone before. */
const STAYS_MS = 150;

/**
 * Whether a reader looks into an element: a mouse or pen that stays over it, or a tap, until the next touch elsewhere. A finger that scrolls the page from here
 * asks for nothing: the browser takes its touch over, which ends without being lifted.
 */
export function useTouched(host: RefObject<HTMLElement | null>): boolean {
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let staying: ReturnType<typeof setTimeout> | undefined;
    const hovers = ({ pointerType }: PointerEvent): boolean => pointerType !== 'touch';
    const entered = (event: PointerEvent): void => {
      if (hovers(event)) staying = setTimeout(() => setTouched(true), STAYS_MS);
    };
    const left = (event: PointerEvent): void => {
      clearTimeout(staying);
      if (hovers(event)) setTouched(false);
    };
    const lifted = (event: PointerEvent): void => {
      if (!hovers(event)) setTouched(true);
    };
    const pressed = (event: PointerEvent): void => {
      if (!hovers(event) && !element.contains(event.target as Node)) setTouched(false);
    };
    element.addEventListener('pointerenter', entered);
    element.addEventListener('pointerleave', left);
    element.addEventListener('pointerup', lifted);
    document.addEventListener('pointerdown', pressed);
    return () => {
      clearTimeout(staying);
      element.removeEventListener('pointerenter', entered);
      element.removeEventListener('pointerleave', left);
      element.removeEventListener('pointerup', lifted);
      document.removeEventListener('pointerdown', pressed);
    };
  }, [host]);
  return isTouched;
}
