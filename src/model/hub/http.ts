/**
 * GET requests that survive what networks do: cut connections, busy servers, silence. Only plain GET with at most a Range header, which
 * needs no CORS preflight: hubs redirect large files to other hosts, where preflights fail.
 */
import { ModelSourceError } from './model-id.ts';
import { parseDigest } from './sha256.ts';

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
}

const ATTEMPTS = 5;
const PAUSE = 0.5;
const SILENCE = 30;
/** A server that wants longer than this gets its wish: the download ends, and can be continued later. */
const LONGEST_WAIT = 120;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array>;
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

const truncated = (url: string): string =>
  `${decodeURIComponent(new URL(url).pathname)} on ${hostOf(url)} is shorter than its header says: the file is damaged at its source. Choose another revision or model.`;

/** Refusals that no second try changes. Null: the status is fine or may pass. */
function refusal(status: number, url: string): string | null {
  const host = hostOf(url);
  switch (status) {
    case 401:
      return `${host} asks for a sign-in (401): the model is private or gated, or its name is misspelt. This page sends no credentials; download the model with your account and drop its folder here.`;
    case 403:
      return `${host} forbids access (403): the model is gated or its host allows no downloads from here. Download it with your account and drop its folder here.`;
    case 404:
      return `There is no such file on ${host} (404): ${decodeURIComponent(new URL(url).pathname)}. Check the name and the revision.`;
    case 416:
      return truncated(url);
    default:
      return status >= 400 && status !== 408 && status !== 429 && status < 500
        ? `${host} refuses the request (${status}). Download the model yourself and drop its folder here.`
        : null;
  }
}

export class HttpRefusal extends ModelSourceError {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function request(url: string, range: string | null, options: HttpOptions): Promise<Answer> {
  const { signal, silence = SILENCE } = options;
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
  const message = refusal(status, url);
  if (message !== null) throw new HttpRefusal(status, message);
  if (status === 429) throw new Passing(`${hostOf(url)} allows no more requests for now (429)`, retryAfter(headers));
  throw new Passing(`${hostOf(url)} has a fault (${status})`, retryAfter(headers));
}

/**
 * Runs `work` again while its failures may pass. `work` tells by `progressed` that it got further, which sets the count of tries back.
 * @throws ModelSourceError saying what the last failure was; the signal's reason when aborted.
 */
async function persist<R>(url: string, options: HttpOptions, work: (progressed: () => void) => Promise<R>): Promise<R> {
  const { signal, attempts = ATTEMPTS, pause = PAUSE, onWait } = options;
  let failures = 0;
  for (;;) {
    try {
      return await work(() => (failures = 0));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Passing)) throw error;
      failures++;
      const seconds = error.seconds ?? pause * 2 ** (failures - 1);
      if (failures >= attempts || seconds > LONGEST_WAIT) throw givenUp(url, error, seconds);
      onWait?.(seconds, error.message);
      await wait(seconds, signal);
    }
  }
}

function givenUp(url: string, error: Passing, seconds: number): ModelSourceError {
  const later = seconds > LONGEST_WAIT ? ` It asks to wait ${Math.ceil(seconds / 60)} minutes.` : '';
  return new ModelSourceError(
    `${error.message}.${later} You may be offline, or the server ${new URL(url).host} allows no other pages to read its files (CORS). ` +
      'What has arrived is kept: try again to go on from there, or drop the folder of the model here.',
  );
}

/** Reads the next bytes, or null at the end. @throws Passing when the connection is cut or silent. */
async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  url: string,
  { signal, silence = SILENCE }: HttpOptions,
): Promise<Uint8Array | null> {
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
 * A small file, whole.
 * @param limit bytes it may have at most. @throws HttpRefusal for 401, 403, 404…, ModelSourceError otherwise.
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
        throw new ModelSourceError(`${url} is larger than ${limit} bytes, which no such file of a model is.`);
      const announced = Number(answer.headers.get('content-length') ?? NaN);
      // With a content encoding the announced length is that of the compressed body.
      if (!answer.headers.has('content-encoding') && Number.isFinite(announced) && bytes.length < announced)
        throw new Passing(`The connection to ${hostOf(url)} was cut`);
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
}

/** The first bytes of a file, fewer when it is shorter. A server without ranges is cut off when enough has come. */
export function getPrefix(url: string, count: number, options: HttpOptions): Promise<Prefix> {
  return persist(url, options, async () => {
    const answer = await request(url, `bytes=0-${count - 1}`, options);
    try {
      const bytes = await collect(answer, url, count, options);
      const length = answer.headers.has('content-encoding') ? null : answer.headers.get('content-length');
      return {
        bytes,
        total: answer.status === 206 ? totalOf(answer.headers) : length === null ? null : Number(length),
        digest: parseDigest(answer.headers.get('x-linked-etag')),
      };
    } finally {
      answer.cancel();
    }
  });
}

/**
 * Streams bytes `begin` to `end` of a file to `take`, in order and without gaps, over as many connections as it needs.
 * @param take is told where in the file its bytes lie. A server without ranges sends the file from its start: what lies before `begin`
 *   is dropped, and what comes behind `end` is offered too; `take` returns whether it wants more.
 */
export async function streamRange(
  url: string,
  begin: number,
  end: number,
  take: (bytes: Uint8Array, position: number) => Promise<boolean>,
  options: HttpOptions,
): Promise<void> {
  let position = begin;
  await persist(url, options, async (progressed) => {
    const answer = await request(url, `bytes=${position}-${end - 1}`, options);
    const ranged = answer.status === 206;
    let at = ranged ? position : 0;
    const reader = answer.body.getReader();
    try {
      for (;;) {
        const chunk = await nextChunk(reader, url, options);
        if (!chunk) break;
        const fresh = at + chunk.length > position ? chunk.subarray(Math.max(0, position - at)) : null;
        at += chunk.length;
        if (!fresh) continue;
        const more = await take(fresh, position);
        position += fresh.length;
        progressed();
        if (!more) return;
      }
    } finally {
      answer.cancel();
    }
    const whole = answer.headers.get('content-length') === String(at);
    if (position < end && !ranged && whole) throw new HttpRefusal(416, truncated(url));
    if (position < end) throw new Passing(`The connection to ${hostOf(url)} was cut`);
  });
}
