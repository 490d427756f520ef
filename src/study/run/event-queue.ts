/**
 * Turns a producer that emits into an async generator: events keep their order, errors surface where they are consumed.
 * `abandon` is called when the consumer leaves before the end; the generator then waits for the producer to end.
 */

export async function* generate<E>(
  produce: (emit: (event: E) => void) => Promise<void>,
  abandon: () => void,
): AsyncGenerator<E, void> {
  const events: E[] = [];
  let wake: () => void = () => {};
  let finished = false;
  const emit = (event: E): void => {
    events.push(event);
    wake();
  };
  const production = produce(emit).finally(() => {
    finished = true;
    wake();
  });
  // Awaited below; this only keeps an early failure from counting as unhandled meanwhile.
  production.catch(() => {});
  try {
    while (true) {
      while (events.length > 0) yield events.shift()!;
      if (finished) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    await production;
  } finally {
    if (!finished) {
      abandon();
      await production.catch(() => {});
    }
  }
}
