/** Idle callbacks, also in browsers without requestIdleCallback (Safari). */

const SHORT_WHILE_MS = 50;

/** Calls `work` once the page is idle, after `patience` milliseconds at the latest. */
export function whenIdle(work: () => void, patience: number): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: patience });
  else setTimeout(work, SHORT_WHILE_MS);
}
