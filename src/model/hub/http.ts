/**
 * GET requests that survive what networks do: cut connections, busy servers, silence. Only plain GET with at most a Range header, which
 * needs no CORS preflight: hubs redirect large files to other hosts, where preflights fail.
 */
import { parseDigest } from './sha256.ts';

/** Something is wrong with where a file comes from; the message says what to do. */
export class SourceError extends Error {
  override readonly name: string = 'SourceError';
}

/** What messages call the thing that is fetched. */
export interface SourceWords {
  /** "model" */
  readonly thing: string;
  /** What can be dropped on the page instead: "its folder". */
  readonly drop: string;
  /** What to check when there is no such file. */
  readonly check: string;
  /** What to do when the file is damaged at its source. */
  readonly damaged: string;
  /** What to do when a server was tried in vain. */
  readonly later: string;
  /** What to do when the file is replaced while it is read. */
  readonly again: string;
}

const MODEL_WORDS: SourceWords = {
  thing: 'model',
  drop: 'its folder',
  check: 'Check the name and the revision.',
  damaged: 'Choose another revision or model.',
  later: 'What has arrived is kept: try again to go on from there, or drop the folder of the model here.',
  again: 'Get it again.',
};

export interface HttpOptions {
  readonly signal: AbortSignal;
  /** Told before a wait, in seconds, with the reason for people. */
  readonly onWait?: (seconds: number, reason: string) => void;
  /** Tries without any progress before giving up. */
  readonly attempts?: number;
  /** First pause between tries in seconds; doubled every time. */
  readonly pause?: number;
  /** Seconds without a byte after which a connection counts as dead. */
  readonly silence?: number;
  readonly fetch?: typeof fetch;
  /** Absent: those of a model. */
  readonly words?: SourceWords;
}

const ATTEMPTS = 5;
const PAUSE = 0.5;
const SILENCE = 30;
/** A server that wants longer than this gets its wish: the download ends, and can be continued later. */
const LONGEST_WAIT = 120;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Ends the connection. */
  readonly cancel: () => void;
}

/** Something that may pass: worth another try. */
class Passing extends Error {
  readonly seconds: number | null;
  constructor(message: string, seconds: number | null = null) {
    super(message);
    this.seconds = seconds;
  }
}

const hostOf = (url: string): string => new URL(url).host;

/** Retry-After: seconds or a date. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
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

const pathOf = (url: string): string => {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname; // a lone "%" is allowed in an address
  }
};

const truncated = (url: string, { damaged }: SourceWords): string =>
  `${pathOf(url)} on ${hostOf(url)} is shorter than its header says: the file is damaged at its source. ${damaged}`;

/** Refusals that no second try changes. Null: the status is fine or may pass. */
function refusal(status: number, url: string, words: SourceWords): string | null {
  const host = hostOf(url);
  const { thing, drop, check } = words;
  switch (status) {
    case 401:
      return `${host} asks for a sign-in (401): the ${thing} is private or gated, or its name is misspelt. This page sends no credentials; download the ${thing} with your account and drop ${drop} here.`;
    case 403:
      return `${host} forbids access (403): the ${thing} is gated or its host allows no downloads from here. Download it with your account and drop ${drop} here.`;
    case 404:
      return `There is no such file on ${host} (404): ${pathOf(url)}. ${check}`;
    case 416:
      return truncated(url, words);
    default:
      return status >= 400 && status !== 408 && status !== 429 && status < 500
        ? `${host} refuses the request (${status}). Download the ${thing} yourself and drop ${drop} here.`
        : null;
  }
}

export class HttpRefusal extends SourceError {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function request(url: string, range: string | null, options: HttpOptions): Promise<Answer> {
  const { signal, silence = SILENCE, words = MODEL_WORDS } = options;
  signal.throwIfAborted();
  const link = new AbortController();
  const forward = () => link.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  const timer = setTimeout(() => link.abort(new Passing(`${hostOf(url)} does not answer`)), silence * 1000);
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(url, {
      headers: range === null ? {} : { Range: range },
      signal: link.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // The answers are kept by us; a second copy in the browser's cache would only fill it.
      cache: 'no-store',
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Passing ? error : new Passing(`${hostOf(url)} cannot be reached`);
  } finally {
    clearTimeout(timer);
  }
  const cancel = () => {
    signal.removeEventListener('abort', forward);
    link.abort();
  };
  const { status, headers, body } = response;
  if ((status === 200 || status === 206) && body) return { status, headers, body, cancel };
  cancel();
  const message = refusal(status, url, words);
  if (message !== null) throw new HttpRefusal(status, message);
  if (status === 429) throw new Passing(`${hostOf(url)} allows no more requests for now (429)`, retryAfter(headers));
  throw new Passing(`${hostOf(url)} has a fault (${status})`, retryAfter(headers));
}

/** Counts failures that may pass and waits after each: longer every time, and never shorter than the server asks. */
class Tries {
  readonly #url: string;
  readonly #options: HttpOptions;
  #failures = 0;
  constructor(url: string, options: HttpOptions) {
    this.#url = url;
    this.#options = options;
  }
  /** Something arrived: the count starts anew. */
  progressed(): void {
    this.#failures = 0;
  }
  /** Resolves when it is time for another try. @throws the error when no other would help; the signal's reason when aborted */
  async failed(error: unknown): Promise<void> {
    const { signal, attempts = ATTEMPTS, pause = PAUSE, onWait } = this.#options;
    signal.throwIfAborted();
    if (!(error instanceof Passing)) throw error;
    this.#failures++;
    // "Retry-After: 0" is no leave to ask without end
    const seconds = Math.max(error.seconds ?? 0, pause * 2 ** (this.#failures - 1));
    if (this.#failures >= attempts || seconds > LONGEST_WAIT) throw givenUp(this.#url, error, seconds, this.#options);
    onWait?.(seconds, error.message);
    await wait(seconds, signal);
  }
}

/**
 * Runs `work` again while its failures may pass.
 * @throws SourceError saying what the last failure was; the signal's reason when aborted.
 */
async function persist<R>(url: string, options: HttpOptions, work: () => Promise<R>): Promise<R> {
  const tries = new Tries(url, options);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await tries.failed(error);
    }
  }
}

function givenUp(url: string, error: Passing, seconds: number, { words = MODEL_WORDS }: HttpOptions): SourceError {
  const later = seconds > LONGEST_WAIT ? ` It asks to wait ${Math.ceil(seconds / 60)} minutes.` : '';
  return new SourceError(
    `${error.message}.${later} You may be offline, or the server ${hostOf(url)} allows no other pages to read its files (CORS). ${words.later}`,
  );
}

/** Reads the next bytes, or null at the end. @throws Passing when the connection is cut or silent. */
async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  url: string,
  { signal, silence = SILENCE }: HttpOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Passing(`${hostOf(url)} sends nothing any more`)), silence * 1000);
  });
  try {
    const { done, value } = await Promise.race([reader.read(), silent]);
    return done ? null : value;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Passing ? error : new Passing(`The connection to ${hostOf(url)} was cut`);
  } finally {
    clearTimeout(timer);
  }
}

/** "bytes 0-99/1234" → 1234; null when hidden or unknown. */
const totalOf = (headers: Headers): number | null => {
  const match = /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '');
  return match ? Number(match[1]) : null;
};

/**
 * What the server calls this version of a file: an ETag that stands for its very bytes, or else its time; null when it names neither, or
 * another site may not read them.
 */
function versionOf(headers: Headers): string | null {
  const tag = headers.get('etag');
  return tag?.startsWith('"') ? tag : headers.get('last-modified');
}

/** Bytes of the body as announced; null when unknown. With a content encoding the length is that of the compressed body. */
function lengthOf(headers: Headers): number | null {
  const announced = headers.get('content-length');
  const length = announced === null || headers.has('content-encoding') ? NaN : Number(announced);
  return Number.isSafeInteger(length) ? length : null;
}

/**
 * A small file, whole.
 * @param limit bytes it may have at most. @throws HttpRefusal for 401, 403, 404…, SourceError otherwise.
 */
export function getWhole(
  url: string,
  limit: number,
  options: HttpOptions,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; headers: Headers }> {
  return persist(url, options, async () => {
    const answer = await request(url, null, options);
    try {
      const bytes = await collect(answer, url, limit + 1, options);
      if (bytes.length > limit)
        throw new SourceError(
          `${url} is larger than ${limit} bytes, which no such file of a ${(options.words ?? MODEL_WORDS).thing} is.`,
        );
      if (bytes.length < (lengthOf(answer.headers) ?? 0)) throw new Passing(`The connection to ${hostOf(url)} was cut`);
      return { bytes, headers: answer.headers };
    } finally {
      answer.cancel();
    }
  });
}

/** Up to `limit` bytes of an answer. */
async function collect(
  answer: Answer,
  url: string,
  limit: number,
  options: HttpOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = answer.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = await nextChunk(reader, url, options);
    if (!chunk) break;
    chunks.push(chunk);
    length += chunk.length;
  }
  const bytes = new Uint8Array(Math.min(length, limit));
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, bytes.length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export interface Prefix {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size of the whole file; null when the server does not tell. */
  readonly total: number | null;
  /** SHA-256 of the whole file, where the answer names it (hubs do, unless they redirect). */
  readonly digest: string | null;
  /** What the server calls this version of the file; null when it does not say. */
  readonly version: string | null;
}

/** The first bytes of a file, fewer when it is shorter. A server without ranges is cut off when enough has come. */
export function getPrefix(url: string, count: number, options: HttpOptions): Promise<Prefix> {
  return persist(url, options, async () => {
    const answer = await request(url, `bytes=0-${count - 1}`, options);
    try {
      const bytes = await collect(answer, url, count, options);
      return {
        bytes,
        total: answer.status === 206 ? totalOf(answer.headers) : lengthOf(answer.headers),
        digest: parseDigest(answer.headers.get('x-linked-etag')),
        version: versionOf(answer.headers),
      };
    } finally {
      answer.cancel();
    }
  });
}

/** A stretch of a file; `end` null: to its end. */
interface Stretch {
  readonly begin: number;
  readonly end: number | null;
  /** An answer that has the stretch, not read yet. */
  readonly answer?: Answer;
  /** Bytes of the whole file: a server that gives no parts, or names another size, is refused. */
  readonly partsOf?: number;
  /** An answer that names another version of the file is refused. */
  readonly version?: string | null;
}

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In the file. */
  readonly position: number;
}

function checkParts(url: string, { status, headers }: Answer, size: number, words: SourceWords): void {
  const instead = `Download the ${words.thing} and drop ${words.drop} here.`;
  if (status !== 206) throw new SourceError(`${hostOf(url)} stopped giving the file in parts. ${instead}`);
  if ((totalOf(headers) ?? size) !== size) throw replaced(url, words);
}

function checkVersion(url: string, { headers }: Answer, version: string | null, words: SourceWords): void {
  if (version !== null && (versionOf(headers) ?? version) !== version) throw replaced(url, words);
}

const replaced = (url: string, { again }: SourceWords): SourceError =>
  new SourceError(`${pathOf(url)} on ${hostOf(url)} changed while it was read. ${again}`);

/**
 * The stretch in order and without gaps, over as many connections as it needs. A server without ranges sends the file from its start: what
 * lies before the stretch is dropped, what comes behind it is given too.
 */
async function* chunksOf(
  url: string,
  { begin, end, answer: given, partsOf, version = null }: Stretch,
  options: HttpOptions,
): AsyncGenerator<Chunk, void, undefined> {
  const { words = MODEL_WORDS } = options;
  const tries = new Tries(url, options);
  let position = begin;
  let first = given;
  for (;;) {
    try {
      const answer = first ?? (await request(url, `bytes=${position}-${end === null ? '' : end - 1}`, options));
      first = undefined;
      const ranged = answer.status === 206;
      const start = ranged ? position : 0;
      let at = start;
      try {
        checkVersion(url, answer, version, words);
        if (partsOf !== undefined) checkParts(url, answer, partsOf, words);
        const reader = answer.body.getReader();
        for (;;) {
          const chunk = await nextChunk(reader, url, options);
          if (!chunk) break;
          const fresh = at + chunk.length > position ? chunk.subarray(Math.max(0, position - at)) : null;
          at += chunk.length;
          if (!fresh) continue;
          tries.progressed();
          const from = position;
          position += fresh.length;
          yield { bytes: fresh, position: from };
        }
      } finally {
        answer.cancel();
      }
      const length = lengthOf(answer.headers);
      if (end === null ? at - start >= (length ?? 0) : position >= end) return;
      if (end !== null && !ranged && length === at) throw new HttpRefusal(416, truncated(url, words));
      throw new Passing(`The connection to ${hostOf(url)} was cut`);
    } catch (error) {
      await tries.failed(error);
    }
  }
}

/**
 * Streams bytes `begin` to `end` of a file to `take`, in order and without gaps, over as many connections as it needs.
 * @param version of the file as getPrefix found it; null: it is not known, or cannot change
 * @param take is told where in the file its bytes lie. A server without ranges sends the file from its start: what lies before `begin`
 *   is dropped, and what comes behind `end` is offered too; `take` returns whether it wants more.
 * @throws SourceError when the server names another version; the signal's reason when aborted
 */
export async function streamRange(
  url: string,
  begin: number,
  end: number,
  version: string | null,
  take: (bytes: Uint8Array, position: number) => Promise<boolean>,
  options: HttpOptions,
): Promise<void> {
  for await (const { bytes, position } of chunksOf(url, { begin, end, version }, options))
    if (!(await take(bytes, position))) return;
}

/**
 * Asks for a file whole in a way that tells whether it can be had in parts: "Range: bytes=0-" is answered 206 where it can, and the
 * Content-Length is then the size, which other sites may read unlike Content-Range. The body is still to be read or cancelled.
 */
export const openFile = (url: string, options: HttpOptions): Promise<Answer> =>
  persist(url, options, () => request(url, 'bytes=0-', options));

/** Size of a file as an answer of openFile tells it; null when it does not. */
export const sizeOf = ({ headers }: Answer): number | null => totalOf(headers) ?? lengthOf(headers);

/** A file whole, piece by piece. @param answer of openFile; absent: it is asked for */
export async function* streamFile(
  url: string,
  options: HttpOptions,
  answer?: Answer,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const { bytes } of chunksOf(url, { begin: 0, end: null, answer }, options)) yield bytes;
}

/**
 * Bytes `begin` to `end` of a file of `size` bytes, whose server gives parts.
 * @param onBytes told how many have come, in all
 * @throws SourceError when it gives none any more, or the file has changed; the signal's reason when aborted
 */
export async function getRange(
  url: string,
  begin: number,
  end: number,
  size: number,
  options: HttpOptions,
  onBytes: (count: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const found = new Uint8Array(end - begin);
  for await (const { bytes, position } of chunksOf(url, { begin, end, partsOf: size }, options)) {
    const at = position - begin;
    found.set(bytes.subarray(0, found.length - at), at);
    onBytes(Math.min(found.length, at + bytes.length));
    if (at + bytes.length >= found.length) break;
  }
  return found;
}
