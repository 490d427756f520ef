/** Idle time of the page, also in browsers that do not tell of it (Safari). */

const SHORT_WHILE_MS = 50;

/** Calls back once the page has nothing better to do, at the latest after `patience` milliseconds. */
export function whenIdle(work: () => void, patience: number): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: patience });
  else setTimeout(work, SHORT_WHILE_MS);
}
