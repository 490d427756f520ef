/** Ends the current task, so that pending messages, drawing and input are handled first. Awaiting a settled promise would not do that. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** How long work may go on before waiting messages (pause, stop, abort) are handled. */
const BREATH_MILLISECONDS = 40;

/** Ends the current task now and then. Await what it returns between the parts of a long work. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH_MILLISECONDS) return;
    await nextTask();
    last = performance.now();
  };
}
