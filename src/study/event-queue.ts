/** Turns a producer that emits into an async generator: events keep their order, errors surface where they are consumed. */

export async function* generate<E>(produce: (emit: (event: E) => void) => Promise<void>): AsyncGenerator<E, void> {
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
  while (true) {
    while (events.length > 0) yield events.shift()!;
    if (finished) break;
    await new Promise<void>((resolve) => (wake = resolve));
  }
  await production;
}
