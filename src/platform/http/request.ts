/**
 * One GET request, and its answer as it arrives. Plain GET with at most a Range header needs no CORS preflight: hubs redirect large files to
 * other hosts, where preflights fail.
 */
import { abortedAlso } from '../aborted-also.ts';
import { Silence, unlessSilent } from '../unless-silent.ts';
import { retryAfter } from './headers.ts';
import { Passing, Unreached, type RetryOptions } from './retry.ts';
import { hostOf, HttpRefusal, refusal } from './source-error.ts';
import { HTTP_WORDS } from './words.ts';

export interface HttpOptions extends RetryOptions {
  /** Seconds without a byte after which a connection counts as dead; absent: as many as for files of the page. */
  readonly silence?: number;
  /** Hears how many bytes have come, each time that some do. */
  readonly onBytes?: (count: number) => void;
  readonly fetch?: typeof fetch;
}

export interface HttpAnswer {
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
export async function request(url: string, range: string | null, options: HttpOptions): Promise<HttpAnswer> {
  const { signal, silence, words } = options;
  signal.throwIfAborted();
  const link = abortedAlso(signal);
  let response: Response;
  try {
    const asked = (options.fetch ?? fetch)(url, {
      headers: range === null ? {} : { Range: range },
      signal: link.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // We store the responses ourselves, so a second copy in the browser's cache would be wasted.
      cache: 'no-store',
    });
    response = await unlessSilent(asked, silence);
  } catch (error) {
    signal.throwIfAborted();
    link.abort();
    if (error instanceof Silence) throw new Passing(HTTP_WORDS.noAnswer(hostOf(url)));
    throw new Unreached(HTTP_WORDS.noReach(hostOf(url)));
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
  { signal, silence, onBytes }: HttpOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const { done, value } = await unlessSilent(reader.read(), silence);
    if (done) return null;
    onBytes?.(value.length);
    return value;
  } catch (error) {
    signal.throwIfAborted();
    const words = error instanceof Silence ? HTTP_WORDS.silent : HTTP_WORDS.cut;
    throw new Passing(words(hostOf(url)));
  }
}
