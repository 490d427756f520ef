/**
 * Throttles values: passes one on at most every given number of milliseconds, the first at once. Of the values that arrive in between only
 * the latest is kept and passed on, so the last value always arrives, even if nothing follows it.
 */
export interface LatestOnly<T> {
  readonly pass: (value: T) => void;
  /** Discards the pending value. */
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
