/**
 * Whether a worker still answers. A worker says so every second; one from which nothing comes for long is ended and reported as if it had
 * crashed, which is what its owner knows how to mend.
 */

const BEAT = 'copra-beat';
const BEAT_MS = 1000;

/**
 * No worker computes for so long without letting its timers in: between two steps, images or parts of an analysis it does. Long enough for the
 * slowest of them on a phone.
 */
export const SILENCE_MS = 180_000;
const LOOK_MS = 5000;

export const SILENCE_MESSAGE = `nothing came from it for ${SILENCE_MS / 60_000} minutes`;

/** For the first line of a worker: tells the page every second that it is alive. */
export function startHeartbeat(): void {
  setInterval(() => (self as unknown as DedicatedWorkerGlobalScope).postMessage(BEAT), BEAT_MS);
}

/** Watches a worker from the page until it is ended. Its owner hears "error" when it falls silent, and never the beats. */
export function watched(worker: Worker): Worker {
  let silent = 0;
  let last = performance.now();
  const end = worker.terminate.bind(worker);
  const timer = setInterval(() => {
    const now = performance.now();
    // A page that slept, with its workers, finds hours gone: they are no silence.
    silent += Math.min(now - last, 2 * LOOK_MS);
    last = now;
    if (silent < SILENCE_MS) return;
    worker.terminate();
    worker.dispatchEvent(Object.assign(new Event('error'), { message: SILENCE_MESSAGE }));
  }, LOOK_MS);
  worker.terminate = () => {
    clearInterval(timer);
    end();
  };
  worker.addEventListener('message', (event) => {
    silent = 0;
    if (event.data === BEAT) event.stopImmediatePropagation();
  });
  return worker;
}
