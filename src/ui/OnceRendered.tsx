import { useEffect } from 'react';

/** Does some work in a task of its own once what it was rendered with stands on the page. */
export function OnceRendered({ work }: { work: () => void }) {
  useEffect(() => {
    const task = setTimeout(work);
    return () => clearTimeout(task);
  }, [work]);
  return null;
}
