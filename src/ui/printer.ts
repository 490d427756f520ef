/** What a printer finds: the whole page, in the colours of paper. */
import { flushSync } from 'react-dom';
import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { bringDeferredParts } from './deferred-part.tsx';

const paperStore = createStore<{ readonly isPaper: boolean }>(() => ({ isPaper: false }));

/** Whether the page is being printed. */
export const usePaper = (): boolean => useStore(paperStore, ({ isPaper }) => isPaper);

type Listener = (isPaper: boolean) => void;
const listeners = new Set<Listener>();

/** Calls `listener` before the page is printed and after it, once it has the colours of paper. What comes for the printer is told of it too, which no event of the window does. */
export function onPrinter(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Follows the printer from now on. Nobody scrolls paper: all parts of the page come first. */
export function followPrinter(): void {
  const turn = (isPaper: boolean) => (): void => {
    if (isPaper) void bringDeferredParts();
    // Paper is white: a page that is dark on the screen prints its charts in the colours of the light theme.
    flushSync(() => paperStore.setState({ isPaper }));
    for (const listener of listeners) listener(isPaper);
  };
  window.addEventListener('beforeprint', turn(true));
  window.addEventListener('afterprint', turn(false));
}
