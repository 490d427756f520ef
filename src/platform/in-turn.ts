/**
 * Reads what can change while it is read: one reading after the other, as two at once may end in the order that the older one is shown last. Whoever asks while
 * one is read waits for the next one, and all who wait for it share it.
 */
export function inTurn(read: () => Promise<void>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () =>
    (next ??= last.then(() => {
      next = null;
      const reading = read();
      last = reading.catch(() => undefined);
      return reading;
    }));
}
