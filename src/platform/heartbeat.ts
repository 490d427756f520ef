/**
 * Detects workers that no longer respond. A worker sends a beat every second. One that stays silent for too long is terminated and reported
 * as crashed, and its owner recovers as from a crash.
 */

import type { LanguageLoaders } from '../core/language/load.ts';
import { hearLanguage, tellLanguage } from './worker-language.ts';

const BEAT = 'copra-beat';
const BEAT_MS = 1000;

/**
 * Silence after which a worker counts as dead. Workers run their timers between steps, images or parts of an analysis; this is longer than
 * the slowest of these on a phone.
 */
export const SILENCE_MS = 180_000;
const LOOK_MS = 5000;

export const SILENCE_MESSAGE = `nothing came from it for ${SILENCE_MS / 60_000} minutes`;

/**
 * What a worker does that the page watches: it sends a beat every second and hears the language of the page. Call it on the first line of a worker.
 * @param loaders the texts that the worker's code may need
 */
export function beWatched(loaders: LanguageLoaders): void {
  setInterval(() => (self as unknown as DedicatedWorkerGlobalScope).postMessage(BEAT), BEAT_MS);
  hearLanguage(loaders);
}

/** Whether a worker has failed because its program could not be had: that event says nothing, where one that stops says why, if only in an empty text. */
export const isUnloaded = (event: object): boolean => !('message' in event);

/** Watches a worker from the page until it is terminated, and tells it the language of the page. Its owner gets an "error" event when the worker falls silent, as of one whose program could not be had where it never spoke, and never sees the beats. */
export function watched(worker: Worker): Worker {
  let silent = 0;
  let hasBegun = false;
  let last = performance.now();
  const end = worker.terminate.bind(worker);
  const untell = tellLanguage(worker);
  const timer = setInterval(() => {
    const now = performance.now();
    // When the page and its workers were suspended, the elapsed time does not count as silence.
    silent += Math.min(now - last, 2 * LOOK_MS);
    last = now;
    if (silent < SILENCE_MS) return;
    worker.terminate();
    const why = hasBegun ? { message: SILENCE_MESSAGE } : {};
    worker.dispatchEvent(Object.assign(new Event('error'), why));
  }, LOOK_MS);
  worker.terminate = () => {
    clearInterval(timer);
    untell();
    end();
  };
  worker.addEventListener('message', (event) => {
    silent = 0;
    hasBegun = true;
    if (event.data === BEAT) event.stopImmediatePropagation();
  });
  return worker;
}
