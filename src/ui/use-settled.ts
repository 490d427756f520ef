import { useEffect, useState } from 'react';

/** As long as a pause in typing. */
const PAUSE_MS = 400;

/** A value that is typed, once it has stood for a moment: for what is costly to render with every key and that nobody sees meanwhile. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
