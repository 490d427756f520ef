import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { RunStatus } from '../../state/study/study-store.ts';

/**
 * Starting or stopping a study may remove or disable the button that was pressed, anywhere on the page. Focus then moves to the transport's main
 * button instead of the top of the page.
 */
export function useKeptFocus(main: RefObject<HTMLButtonElement | null>, status: RunStatus): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const follow = (event: FocusEvent): void => {
      last.current = event.target instanceof Element ? event.target : null;
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);
  useLayoutEffect(() => {
    const pressed = last.current;
    if (!pressed || (pressed.isConnected && !pressed.matches(':disabled'))) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body || activeElement === pressed)
      main.current?.focus({ preventScroll: true });
  }, [main, status]);
}
