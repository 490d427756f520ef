import { useEffect } from 'react';

/** Runs `work` in a separate task once its siblings are on the page. */
export function OnceRendered({ work }: { work: () => void }) {
  useEffect(() => {
    const task = setTimeout(work);
    return () => clearTimeout(task);
  }, [work]);
  return null;
}
