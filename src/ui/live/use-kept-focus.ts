import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { RunStatus } from '../../state/study/study-store.ts';
import { isFocusLost, leadFocus } from '../keep-focus.ts';

/**
 * Starting or stopping a study may remove or disable the button that was pressed, anywhere on the page. Focus then moves to the transport's main
 * button, and not to what comes next on the page.
 */
export function useKeptFocus(main: RefObject<HTMLButtonElement | null>, status: RunStatus): void {
  const before = useRef(status);
  useLayoutEffect(() => {
    if (status === before.current) return;
    before.current = status;
    if (main.current && isFocusLost()) leadFocus(main.current);
  }, [main, status]);
}
