/**
 * Detects workers that no longer respond. A worker sends a beat when it begins and then every second. One that stays silent for too long is terminated and
 * reported as crashed, and its owner recovers as from a crash. One that never begins is started again first: Firefox loads some workers of a page and never
 * runs them.
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

/** Silence after which a worker that has not begun is started again. Every next one has twice the time, because on a slow network its code may be on the way. */
export const BEGIN_MS = 30_000;

export const SILENCE_MESSAGE = `nothing came from it for ${SILENCE_MS / 60_000} minutes`;

/**
 * What a worker does that the page watches: it sends its beats and hears the language of the page. Call it on the first line of a worker.
 * @param loaders the texts that the worker's code may need
 */
export function beWatched(loaders: LanguageLoaders): void {
  const beat = (): void => (self as unknown as DedicatedWorkerGlobalScope).postMessage(BEAT);
  beat();
  setInterval(beat, BEAT_MS);
  hearLanguage(loaders);
}

/** What is posted to a worker that has not begun. */
interface Post {
  readonly message: unknown;
  readonly transfer: Transferable[];
}

/**
 * A worker that the page watches until it is terminated, and tells the language of the page. Its owner hears what a worker says, without the beats, and an
 * "error" when it fails or falls silent. What is posted waits until the worker has begun, so that nothing is lost with one that never does.
 */
export class WatchedWorker {
  readonly #start: () => Worker;
  readonly #owner = new EventTarget();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #untell: () => void;
  #worker: Worker;
  /** Null once the worker has begun. */
  #waiting: Post[] | null = [];
  #patience = BEGIN_MS;
  #silent = 0;
  #last = performance.now();

  constructor(start: () => Worker) {
    this.#start = start;
    this.#worker = this.#begin();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#untell = tellLanguage(this);
  }

  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
  addEventListener(type: string, listener: (event: never) => void): void {
    this.#owner.addEventListener(type, listener as (event: Event) => void);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (this.#waiting) this.#waiting.push({ message, transfer });
    else this.#worker.postMessage(message, transfer);
  }

  terminate(): void {
    clearInterval(this.#timer);
    this.#untell();
    this.#worker.terminate();
  }

  #begin(): Worker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
      if (worker !== this.#worker) return; // it was on its way when the worker was ended
      this.#silent = 0;
      for (const { message, transfer } of this.#waiting ?? []) worker.postMessage(message, transfer);
      this.#waiting = null;
      if (data !== BEAT) this.#owner.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
    });
    worker.addEventListener('error', ({ message }) => this.#fail(message));
    worker.addEventListener('messageerror', () => this.#fail(''));
    return worker;
  }

  #look(): void {
    const now = performance.now();
    // When the page and its workers were suspended, the elapsed time does not count as silence.
    this.#silent += Math.min(now - this.#last, 2 * LOOK_MS);
    this.#last = now;
    if (this.#silent < (this.#waiting ? this.#patience : SILENCE_MS)) return;
    this.#patience *= 2;
    if (this.#waiting && this.#patience <= SILENCE_MS) {
      this.#silent = 0;
      this.#worker.terminate();
      this.#worker = this.#begin();
      return;
    }
    this.terminate();
    this.#fail(SILENCE_MESSAGE);
  }

  #fail(message: string): void {
    this.#owner.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
