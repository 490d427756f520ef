/** Keeps up with what changes faster than it is written. */

/** What `latest` gives. */
export interface Latest<T> {
  /** Begins to write, or has this written after what is being written, in place of what else waits for that. */
  readonly take: (value: T) => void;
  /** When nothing is being written or waits. */
  readonly settled: () => Promise<void>;
}

/** @param write one at a time; what goes wrong with one is not held against the next */
export function latest<T>(write: (value: T) => Promise<void>): Latest<T> {
  let waiting: { readonly value: T } | null = null;
  let writing: Promise<void> | null = null;
  const work = async (): Promise<void> => {
    for (let next = waiting; next; next = waiting) {
      waiting = null;
      await write(next.value).catch(() => {});
    }
    writing = null;
  };
  return {
    take(value) {
      waiting = { value };
      writing ??= work();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
