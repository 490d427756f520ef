/**
 * Passes values on at most every so many milliseconds, the first at once. What comes in between waits, and only the latest of it is passed on, so
 * that the last value always arrives, however long nothing follows it.
 */
export interface LatestOnly<T> {
  readonly pass: (value: T) => void;
  /** Forgets what waits. */
  readonly end: () => void;
}

export function latestOnly<T>(receive: (value: T) => void, milliseconds: number): LatestOnly<T> {
  let waiting: { readonly value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const pass = (value: T): void => {
    if (timer !== null) {
      waiting = { value };
      return;
    }
    receive(value);
    timer = setTimeout(() => {
      timer = null;
      const latest = waiting;
      waiting = null;
      if (latest) pass(latest.value);
    }, milliseconds);
  };
  return {
    pass,
    end: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = null;
    },
  };
}
