/**
 * One GET request, and its answer as it arrives. Plain GET with at most a Range header needs no CORS preflight: hubs redirect large files to
 * other hosts, where preflights fail.
 */
import { abortedAlso } from '../aborted-also.ts';
import { retryAfter } from './headers.ts';
import { Passing, Unreached, type RetryOptions } from './retry.ts';
import { hostOf, HttpRefusal, refusal } from './source-error.ts';
import { HTTP_WORDS } from './words.ts';

export interface HttpOptions extends RetryOptions {
  /** Seconds without a byte after which a connection counts as dead. */
  readonly silence?: number;
  readonly fetch?: typeof fetch;
}

const SILENCE = 30;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Ends the connection. */
  readonly cancel: () => void;
}

/**
 * @param range value of the Range header; null: the whole file
 * @throws HttpRefusal for permanent failures; Passing for transient ones; the signal's reason when aborted
 */
export async function request(url: string, range: string | null, options: HttpOptions): Promise<Answer> {
  const { signal, silence = SILENCE, words } = options;
  signal.throwIfAborted();
  const link = abortedAlso(signal);
  const timer = setTimeout(() => link.abort(new Passing(HTTP_WORDS.noAnswer(hostOf(url)))), silence * 1000);
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, {
      headers: range === null ? {} : { Range: range },
      signal: link.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // We store the responses ourselves, so a second copy in the browser's cache would be wasted.
      cache: 'no-store',
    });
  } catch (error) {
    signal.throwIfAborted();
    link.abort();
    throw error instanceof Passing ? error : new Unreached(HTTP_WORDS.noReach(hostOf(url)));
  } finally {
    clearTimeout(timer);
  }
  const cancel = () => link.abort();
  const { status, headers, body } = response;
  if ((status === 200 || status === 206) && body) return { status, headers, body, cancel };
  cancel();
  const message = refusal(status, url, words);
  if (message !== null) throw new HttpRefusal(status, message);
  if (status === 429) throw new Passing(HTTP_WORDS.tooMany(hostOf(url)), retryAfter(headers));
  throw new Passing(HTTP_WORDS.fault(hostOf(url), status), retryAfter(headers));
}

/** Reads the next bytes, or null at the end. @throws Passing when the connection is cut or silent. */
export async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  url: string,
  { signal, silence = SILENCE }: HttpOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Passing(HTTP_WORDS.silent(hostOf(url)))), silence * 1000);
  });
  try {
    const { done, value } = await Promise.race([reader.read(), silent]);
    return done ? null : value;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Passing ? error : new Passing(HTTP_WORDS.cut(hostOf(url)));
  } finally {
    clearTimeout(timer);
  }
}
