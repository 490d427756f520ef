/** Retries transient failures: cut connections, busy servers, silence. */
import { hostOf, SourceError } from './source-error.ts';
import { HTTP_WORDS, type SourceWords } from './words.ts';

export interface RetryOptions {
  readonly signal: AbortSignal;
  /** Called before a wait, with its reason and its seconds in words. */
  readonly onWait?: (text: string) => void;
  /** Tries without any progress before giving up. */
  readonly attempts?: number;
  /** First pause between tries in seconds; doubled every time. */
  readonly pause?: number;
  /** How messages call the file, and what they tell to do. */
  readonly words: SourceWords;
}

const ATTEMPTS = 5;
const PAUSE = 0.5;
/** If a server requests a longer wait, the download stops and can be continued later. */
const LONGEST_WAIT = 120;

/** A transient failure, worth a retry. */
export class Passing extends Error {
  readonly seconds: number | null;
  constructor(message: string, seconds: number | null = null) {
    super(message);
    this.seconds = seconds;
  }
}

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, seconds * 1000);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** No answer came at all: the reader is offline, or the browser keeps the answer from the page. */
export class Unreached extends Passing {}

/** Every try met a failure that may pass: a later try goes on from what is kept. */
export class GivenUp extends SourceError {}

/** Counts transient failures and waits after each: longer every time, and at least as long as the server asks. */
export class Tries {
  readonly #url: string;
  readonly #options: RetryOptions;
  #failures = 0;
  constructor(url: string, options: RetryOptions) {
    this.#url = url;
    this.#options = options;
  }
  /** Resets the count after data has arrived. */
  progressed(): void {
    this.#failures = 0;
  }
  /** Resolves when it is time for another try. @throws the error when no other would help; the signal's reason when aborted */
  async failed(error: unknown): Promise<void> {
    const { signal, attempts = ATTEMPTS, pause = PAUSE, onWait } = this.#options;
    signal.throwIfAborted();
    if (!(error instanceof Passing)) throw error;
    this.#failures++;
    // "Retry-After: 0" does not permit endless retries
    const seconds = Math.max(error.seconds ?? 0, pause * 2 ** (this.#failures - 1));
    if (this.#failures >= attempts || seconds > LONGEST_WAIT) throw givenUp(this.#url, error, seconds, this.#options);
    onWait?.(HTTP_WORDS.tryingAgain(error.message, Math.ceil(seconds)));
    await wait(seconds, signal);
  }
}

/**
 * Retries `work` while its failures are transient.
 * @throws GivenUp saying what the last failure was; the signal's reason when aborted.
 */
export async function persist<R>(url: string, options: RetryOptions, work: () => Promise<R>): Promise<R> {
  const tries = new Tries(url, options);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await tries.failed(error);
    }
  }
}

function givenUp(url: string, error: Passing, seconds: number, { words }: RetryOptions): GivenUp {
  if (error instanceof Unreached)
    return new GivenUp(HTTP_WORDS.unreached(error.message, hostOf(url), words), { cause: error });
  return new GivenUp(HTTP_WORDS.givenUp(error.message, seconds > LONGEST_WAIT ? Math.ceil(seconds / 60) : null, words));
}
