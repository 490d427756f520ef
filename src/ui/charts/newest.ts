/** Files of figures are of the newest result: figures may lag behind the study, so that drawing never delays user input (context.ts). */
import { useCallback, useEffect, useRef } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Whether figures still show an earlier result than the study's; false where none lags. */
export const lagStore: StoreApi<boolean> = createStore(() => false);

/** Resolves once figures show the result that the study has then. */
export async function figuresCaughtUp(): Promise<void> {
  if (!lagStore.getState()) return;
  await new Promise<void>((resolve) => {
    const leave = lagStore.subscribe((isBehind) => {
      if (isBehind) return;
      leave();
      resolve();
    });
  });
}

/** The same function always: what `save` is once its figure has caught up, not what it is when somebody presses. */
export function useSaveNewest<A extends unknown[]>(
  save: (...args: A) => void | Promise<void>,
): (...args: A) => Promise<void> {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  return useCallback(async (...args) => {
    await figuresCaughtUp();
    await latest.current(...args);
  }, []);
}
