import { useSyncExternalStore } from 'react';

/** One list per query: making one takes longer than reading it, and pages read it at every rendering. */
const lists = new Map<string, MediaQueryList>();

function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? matchMedia(query);
  lists.set(query, list);
  return list;
}

const onScreen = new Map<string, boolean>();

/** A printer has another width than the window. What is put elsewhere for it would begin anew: without its pictures, and after printing without what was chosen in it. */
function matchesOnScreen(query: string): boolean {
  const known = onScreen.get(query);
  if (known !== undefined && listOf('print').matches) return known;
  const { matches } = listOf(query);
  onScreen.set(query, matches);
  return matches;
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = listOf(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchesOnScreen(query),
  );
}
